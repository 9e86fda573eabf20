"""A file of anybody's on its way into a draft: what it holds on the draft's form, and what of it is taken."""
