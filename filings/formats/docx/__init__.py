"""Write a table as a Word document."""
