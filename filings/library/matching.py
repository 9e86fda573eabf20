"""How what is typed finds a name: by its beginning, by words anywhere in it, or by its pinyin initials."""

import re
from enum import IntEnum

from django.db.models import Q

from filings.document.text import symbols

MOST_WORDS = 6
LONGEST_QUERY = 60
LEAST_LIKENESS = 0.3
_LETTERS = re.compile(r"[a-z0-9]+")


class Closeness(IntEnum):
    """The smaller, the nearer to what was typed."""

    BEGINNING = 0
    WORDS = 1
    INITIALS = 2
    INSIDE_INITIALS = 3


def words_of(typed: str) -> list[str]:
    """What was typed as words to be found, each anywhere in a name."""
    return symbols(typed[:LONGEST_QUERY]).casefold().split()[:MOST_WORDS]


def closeness(typed: str, name: str, initials: str) -> Closeness | None:
    """How near a name is to what was typed, None when it is not meant. Nothing typed means every name."""
    words, plain, letters = words_of(typed), symbols(name).casefold(), _letters(typed)
    if words and plain.startswith(" ".join(words)):
        return Closeness.BEGINNING
    if all(word in plain for word in words):
        return Closeness.WORDS
    if letters and letters in initials:
        return Closeness.INITIALS if initials.startswith(letters) else Closeness.INSIDE_INITIALS
    return None


def entries_meant(typed: str) -> Q:
    """The same, asked of library entries in the database."""
    by_words = Q()
    for word in words_of(typed):
        by_words &= Q(name__icontains=word)
    letters = _letters(typed)
    return by_words | Q(initials__contains=letters) if letters else by_words


def likeness(name: str, other: str) -> float:
    """How much two names have in common, 0 to 1, by their pairs of neighbouring characters."""
    pairs, others = pairs_of(name), pairs_of(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0


def pairs_of(name: str) -> set[str]:
    plain = without_spaces(name)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def without_spaces(name: str) -> str:
    """A name as it is compared: names that differ in spaces or letters' case alone are the same."""
    return "".join(symbols(name).casefold().split())


def _letters(typed: str) -> str:
    """What was typed, if it can be initials at all."""
    joined = "".join(words_of(typed))
    return joined if _LETTERS.fullmatch(joined) else ""
