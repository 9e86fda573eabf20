"""Write a table as PDF/A-3u, with seals, page images and checks of what can be printed."""
