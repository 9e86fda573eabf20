"""Rules by which reviewers check a table. Pure: read documents and editions only, no grids, files or database."""
