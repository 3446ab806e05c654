"""What a user can do and ask: one module per noun, one function per verb."""
