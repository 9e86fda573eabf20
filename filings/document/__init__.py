"""The official table as immutable values. Pure: independent of Django, file formats and rules."""
