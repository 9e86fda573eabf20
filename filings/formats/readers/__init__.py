"""Readers for uploaded files and pasted text: each returns the tables as grids of cells.

Every reader module has `read(data) -> list[Grid]` and keeps the same contract:

- One Grid per table, in the file's order. Lines of text before a table are in its `above`; lines after the last table
  are in the `below` of that table.
- Cells cover the grid completely and never overlap: empty cells are present with the text '', columns and spans are
  those of the file (zero-based).
- `Cell.text` is the text as displayed. Where it is not simply that (a formula without a result, a percentage, a date),
  `Cell.warning` holds a Chinese sentence that explains the difference.
- A file that cannot be read raises CannotRead, a Chinese sentence with the reason and what to do. Readers raise nothing
  else, write no files and make no network connections.

Untrusted files are read in a child process (`sandbox.child`), which runs `__main__` of this package.
"""
