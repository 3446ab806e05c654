"""Files that enter the notebook: read, shown line by line, then taken in at once or not at all."""
