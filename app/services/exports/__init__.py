"""Files that leave the notebook: lists and figures for spreadsheets, and the whole notebook."""
