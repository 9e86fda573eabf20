"""公开: what the public pages show and offer as files, feeds and open data, read from publications."""
