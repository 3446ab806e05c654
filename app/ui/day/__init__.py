"""« Ma journée »: what is left to complete, today, and the figures of the week."""
