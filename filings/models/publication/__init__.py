"""公开: published copies, tables that are not published, wrong words, jobs on many copies, integrity checks."""
