"""File formats: writers of a table's grid as files, and readers of files as grids. No Django, no database."""
