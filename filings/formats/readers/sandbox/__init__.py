"""Handle untrusted files: detect their type, limit archives, read them in a child process, convert by LibreOffice."""
