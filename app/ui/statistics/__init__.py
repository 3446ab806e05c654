"""The screen « Statistiques »."""
