"""Data set up for a year: cycles, editions, control figures, calendar."""
