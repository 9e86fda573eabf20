"""What a reviewer would return a table for. Pure: reads documents and editions, knows no grid, no file, no database."""
