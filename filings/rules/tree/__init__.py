"""Rules T1–T8 and M7: completeness and classification of the indicator tree."""
