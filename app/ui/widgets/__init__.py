"""The widgets that every screen is made of, one file each; inputs all have `value()`, `set_value()` and `changed`."""
