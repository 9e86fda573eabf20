"""Read plain text: tables with TABs, bars or commas."""
