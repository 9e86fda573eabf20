"""Lay out a document as a grid of cells, and cut the grid into pages."""
