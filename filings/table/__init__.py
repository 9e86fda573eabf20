"""Lay out the official table as a grid of cells, and read grids back. Pure: independent of file formats."""
