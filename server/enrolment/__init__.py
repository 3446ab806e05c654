"""Letting a computer into a notebook: one code, used once, and the notebook's wrapped key."""
