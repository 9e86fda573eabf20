"""Add, remove, move and split the rows of a draft."""
