"""Forms of the pages that set up a cycle."""
