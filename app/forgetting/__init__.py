"""Erasing a person for good: what becomes of all that was known of them, in the transaction that erases them."""
