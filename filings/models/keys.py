"""Primary keys and other whole numbers as pages post them."""

# More digits would overflow the integers of a database.
LONGEST_KEY = 18


def parse_key(text: str) -> int | None:
    """Parse a key of ASCII digits that fits the database; None for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None
