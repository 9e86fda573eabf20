"""File formats, one a module. Each writes a grid; those that can be read back make one. Pure: no database."""
