"""Files made from a whole cycle by the background worker: sealed copies, amounts, indicators, findings, reviews."""
