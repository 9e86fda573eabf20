"""Write and read the workbook form: the Excel file that officers fill in offline and upload again."""
