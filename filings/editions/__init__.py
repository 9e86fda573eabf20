"""Store editions of the table in the database."""
