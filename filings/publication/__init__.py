"""公开: copies on the public pages, tables that are withheld, checks before publishing, work on many copies."""
