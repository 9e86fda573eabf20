"""Rules M1–M6, M8 and M9: whether target values can be measured."""
