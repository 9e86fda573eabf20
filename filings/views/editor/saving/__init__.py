"""Saving from the fill-in page: by the script, by the plain form, and by quick fixes."""
