"""Courier files handed in by anyone, without an account: a colleague's program, or the page for a browser."""
