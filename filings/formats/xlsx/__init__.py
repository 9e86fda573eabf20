"""Write a table as an Excel workbook."""
