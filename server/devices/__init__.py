"""The computers of a notebook: who they are, letting one in, taking one out, turning the key."""
