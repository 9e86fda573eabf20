"""Similarity of two names by their character pairs."""

from filings.document.text import symbols


def likeness(name: str, other: str) -> float:
    """Similarity of two names from 0 to 1: the Dice coefficient of their character pairs."""
    return likeness_of_pairs(pairs_of(name), pairs_of(other))


def likeness_of_pairs(pairs: set[str], others: set[str]) -> float:
    """Similarity from 0 to 1 of two names of which `pairs_of` gave the pairs; 0 if one has none."""
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0


def pairs_of(name: str) -> set[str]:
    """The pairs of neighbouring characters of a name."""
    plain = without_spaces(name)
    return {plain[start : start + 2] for start in range(len(plain) - 1)}


def without_spaces(name: str) -> str:
    """Normalise a name for comparison: without spaces and in lower case."""
    return "".join(symbols(name).casefold().split())
