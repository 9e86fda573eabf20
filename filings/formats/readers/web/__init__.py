"""Read web pages, MHTML archives and pages named .xls."""
