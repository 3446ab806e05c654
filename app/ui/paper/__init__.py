"""What is printed: an A4 sheet, its type, blocks that flow from page to page, and how a document leaves the program."""
