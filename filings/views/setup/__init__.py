"""Pages that set up a cycle step by step. For managers."""
