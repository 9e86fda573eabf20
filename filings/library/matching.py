"""Match typed text with names: by the beginning, by words anywhere in the name, or by pinyin initials."""

import re
from enum import IntEnum

from django.db.models import Q

from filings.document.text import symbols

MOST_WORDS = 6
LONGEST_QUERY = 60
LEAST_LIKENESS = 0.3
_LETTERS = re.compile(r"[a-z0-9]+")


class Closeness(IntEnum):
    """How closely a name matches; smaller is closer."""

    BEGINNING = 0
    WORDS = 1
    INITIALS = 2
    INSIDE_INITIALS = 3


def words_of(typed: str) -> list[str]:
    """Split typed text into words, each to be found anywhere in a name."""
    return symbols(typed[:LONGEST_QUERY]).casefold().split()[:MOST_WORDS]


def closeness(typed: str, name: str, initials: str) -> Closeness | None:
    """Match a name with typed text; None if it does not match. Blank text matches every name."""
    words, plain, letters = words_of(typed), symbols(name).casefold(), _letters(typed)
    if words and plain.startswith(" ".join(words)):
        return Closeness.BEGINNING
    if all(word in plain for word in words):
        return Closeness.WORDS
    if letters and letters in initials:
        return Closeness.INITIALS if initials.startswith(letters) else Closeness.INSIDE_INITIALS
    return None


def matching_names(typed: str) -> Q:
    """Filter for the rows with name and initials (library entries, departments) that match typed text."""
    by_words = Q()
    for word in words_of(typed):
        by_words &= Q(name__icontains=word)
    letters = _letters(typed)
    return by_words | Q(initials__contains=letters) if letters else by_words


def _letters(typed: str) -> str:
    """The typed text without spaces if it can be initials, else ''."""
    joined = "".join(words_of(typed))
    return joined if _LETTERS.fullmatch(joined) else ""
