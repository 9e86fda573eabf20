"""Import files into a draft: candidate tables, merge plans, and returned workbook forms."""
