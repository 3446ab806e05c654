"""Search everything: the people, the activities, and what the program can do."""
