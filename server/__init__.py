"""The central server: it receives every device’s changes, orders them, and hands them to the others."""
