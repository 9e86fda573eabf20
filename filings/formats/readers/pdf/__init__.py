"""Read PDF files: the attached document of our own files, ruled tables and text of others."""
