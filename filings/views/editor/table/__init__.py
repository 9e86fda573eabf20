"""The official table on the fill-in page: its cells, notes, row menus and lists of findings."""
