"""The demonstration's county of 150 departments in two cycles: last year's approved, this year's in every status.

Names are invented. Everything is derived from fixtures/demo/large_county.json and fixed seeds, and filings go through
the outcomes of the workflow, only at earlier times and without messages.
"""
