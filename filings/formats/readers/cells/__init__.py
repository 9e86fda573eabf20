"""Cell grids: spans made consistent, nested tables taken apart."""
