"""Parts of the comparison of two documents: matching of rows, runs of text, and the types of the result."""
