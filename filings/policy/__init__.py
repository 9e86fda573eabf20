"""The review policy of a cycle as values read from JSON: handling of exceptions, days, reason codes, score sheet."""
