"""The screen « Activités »: the list by day or as a table, its filters, and the detail of one activity."""
