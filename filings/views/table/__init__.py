"""Parts of the official table shared by pages: annotations, funding, progress, labels."""
