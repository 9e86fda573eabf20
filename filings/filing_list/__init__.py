"""申报表: the list of the filings that a user may see, with search, order and one row for each."""
