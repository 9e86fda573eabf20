"""Rules T1–T8: completeness of the indicator tree."""
