"""Import users with their roles from a list, give them first passwords, and check who is missing."""
