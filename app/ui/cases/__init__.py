"""« Démarches »: the cases of the people, the catalogue they are opened from, and what is printed for the person."""
