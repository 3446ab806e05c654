"""Whether the server can serve."""
