"""公开目录: pages for everybody, without login and without cookies."""
