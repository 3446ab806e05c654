"""The copies of the notebook: made each day unseen, carried away on a stick, put back."""
