"""Search everything: the people, the activities, the sheets, and what the program can do."""
