"""审核: the queue of filings to review, claims, and decisions on several filings."""
