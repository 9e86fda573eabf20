"""Read plain text: tables separated by TABs, pipes or empty lines."""
