"""Rules H1–H6: duties, goals, numbering, names and personal data."""
