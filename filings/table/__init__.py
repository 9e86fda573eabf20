"""The official table as cells, and back. Pure: knows no file format."""
