"""帮助: how officers fill in the table, step by step."""
