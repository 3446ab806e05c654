"""The mandates by which people let the advisor act in their place: made, used, taken back, and their journal."""
