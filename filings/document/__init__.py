"""The official table as a plain value. Pure: knows no file format, no rule, no database."""
