"""Working days, and the date by which the holder of a filing must act."""
