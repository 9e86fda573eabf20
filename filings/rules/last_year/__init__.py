"""Rules Y1–Y3: the indicators compared with last year's approved table."""
