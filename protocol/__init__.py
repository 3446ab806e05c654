"""What the desktop program and the central server both say: words, fields, clocks and messages."""
