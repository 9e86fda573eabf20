"""Edit editions in the admin: as fields, from JSON, by copying; preview them; freeze those in use."""
