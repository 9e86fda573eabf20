"""Import a file into a draft: upload, preview, adoption, the workbook form."""
