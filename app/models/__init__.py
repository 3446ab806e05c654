"""The tables of the local database, one file per noun."""
