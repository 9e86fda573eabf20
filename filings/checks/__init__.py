"""Check a table before submission: the rules, whether it can be printed, and the stored results."""
