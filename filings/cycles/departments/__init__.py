"""Import departments from a list."""
