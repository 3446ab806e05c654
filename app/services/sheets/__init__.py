"""Learner sheets (fiches): those of the library and the advisor's own, read, checked, found and shared."""
