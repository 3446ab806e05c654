"""What is handed over on paper: the activity report of an employer, the file of one person."""
