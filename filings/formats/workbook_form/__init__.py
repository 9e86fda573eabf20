"""The Excel workbook that officers fill in and send back, written and read."""
