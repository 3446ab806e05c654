"""Backups of the database: taken, verified by reading them back, restored."""
