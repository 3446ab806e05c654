"""What is done before each picture, through the real widgets: a first run, and a working day."""
