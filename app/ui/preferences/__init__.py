"""The screen « Réglages »."""
