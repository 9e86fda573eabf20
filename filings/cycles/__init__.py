"""Set up a cycle: departments, users and seals from files, the list of departments, checks, start, next year.

Each import has a preview: `rows` reads a list, `comparison` classifies its rows, `store` stores what was previewed.
"""
