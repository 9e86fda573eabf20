"""The long lists of the set-up, searched by the name of a department and shown page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from filings.library.matching import matching_names
from filings.models import Department

ROWS_PER_PAGE = 50
LONGEST_SEARCH = 60


@dataclass(frozen=True)
class DepartmentSearch:
    """Search text of a page, '' for all, and the number of the page, both from the address."""

    typed: str
    number: str

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> "DepartmentSearch":
        return cls(data.get("q", "").strip()[:LONGEST_SEARCH], data.get("page", ""))

    @property
    def query(self) -> str:
        """The query string of the search without the page."""
        return urlencode({"q": self.typed}) if self.typed else ""

    def departments(self) -> QuerySet[Department]:
        """Select departments by name, pinyin initials, or the beginning of the code."""
        found = matching_names(self.typed) | Q(code__istartswith=self.typed) if self.typed else Q()
        return Department.objects.filter(found).order_by("code")

    def page_of(self, rows: QuerySet[Any]) -> "Page[Any]":
        return Paginator(rows, ROWS_PER_PAGE).get_page(self.number)
