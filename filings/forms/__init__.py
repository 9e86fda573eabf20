"""Django forms: parse and validate posted data. Actions and saves are performed by lifecycle and drafts."""
