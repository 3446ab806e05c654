"""Passerelle, the desktop program of digital-inclusion advisors."""

__version__ = "0.1.0"
