"""Attachments of a filing: list, upload, removal, download."""
