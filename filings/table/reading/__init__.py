"""Read a document from a grid of cells by its labels and column headings."""
