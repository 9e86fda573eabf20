"""Write a table as a PDF/A-3u file, with seals, page images and limits on what can be printed."""
