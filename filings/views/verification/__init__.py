"""核验: verify the code of a copy or its file, without login and without cookies."""
