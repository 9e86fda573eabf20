"""The fill-in page and its addresses: autosave, rows, checks, quick fixes, restore points."""
