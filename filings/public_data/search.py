"""Search in publications: by department, and by words of the table."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from filings.document.text import line, symbols
from filings.models import Publication

LONGEST_SEARCH = 50
# Each word scans the texts once more.
MOST_WORDS = 5


@dataclass(frozen=True)
class PublicSearch:
    """Filters of a list as its address has them. `unit` is a department's name, code or initials or a part of one."""

    unit: str = ""
    text: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        return cls(_typed(query, "unit"), _typed(query, "q"))

    def query_string(self) -> str:
        """Format the address, with what is given only."""
        return urlencode({name: value for name, value in (("unit", self.unit), ("q", self.text)) if value})

    def matches(self) -> Q:
        """Select the publications that contain all words."""
        found = _is_department(self.unit) if self.unit else Q()
        for word in self.text.split()[:MOST_WORDS]:
            found &= _contains(word)
        return found

    def found_in(self, publications: QuerySet[Publication]) -> QuerySet[Publication]:
        return publications.filter(self.matches())


def _typed(query: QueryDict, name: str) -> str:
    """Return a parameter in the normal form of the texts."""
    return " ".join(line(query.get(name, "").replace("\x00", "")).split())[:LONGEST_SEARCH]


def _is_department(typed: str) -> Q:
    return Q(department_name__icontains=typed) | Q(department_code__istartswith=typed) | _has_initials(typed)


def _contains(word: str) -> Q:
    """Select tables that contain a word in any case and width, or whose department has it as code or initials.

    `icontains` would convert all texts of a year to upper case for each search, on PostgreSQL.
    """
    found = _has_initials(word) | Q(department_code=word)
    for variant in sorted({form(text) for text in (word, symbols(word)) for form in (str, str.lower, str.upper)}):
        found |= Q(department_name__contains=variant) | Q(words__contains=variant)
    return found


def _has_initials(typed: str) -> Q:
    letters = typed.lower() if typed.isascii() and typed.isalnum() else ""
    return Q(initials__contains=letters) if letters else Q(pk__in=())
