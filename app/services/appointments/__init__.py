"""Appointments (rendez-vous): given, moved, ended, found by person and by day, and what is recorded from one."""
