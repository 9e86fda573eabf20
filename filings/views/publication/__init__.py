"""公开: the bureau's pages of the publication of a cycle, and the list of wrong words."""
