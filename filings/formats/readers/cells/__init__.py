"""Build grids from declared cells: resolve spans and merges, separate nested tables."""
