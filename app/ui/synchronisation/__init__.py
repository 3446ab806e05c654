"""Where the synchronisation stands: the light of the top bar, and the screen that explains it."""
