"""What leaves the notebook in files, and what enters it: exports, imports, and the list of past imports."""
