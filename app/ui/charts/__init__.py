"""Charts drawn with QPainter, each with its table of figures."""
