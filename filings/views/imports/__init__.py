"""Pages that import a file into a draft: upload, preview, adoption, and the workbook form."""
