"""The fill-in page and its addresses: saving, checks, suggestions, last year's table, restore points."""
