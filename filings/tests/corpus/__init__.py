"""The corpus of composed tables (fixtures/corpus), its files of each kind, and the judge of what is read from them."""
