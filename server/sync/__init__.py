"""The one request of the synchronisation: operations in, rows out, in one transaction."""
