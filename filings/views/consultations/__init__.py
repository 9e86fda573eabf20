"""征求意见: asking about rows of a table, and the page of the one who answers."""
