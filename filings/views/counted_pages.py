"""Parts of pages with long lists: a paginator that knows the number of its rows, and headings that sort."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from filings.models import Filing

ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class Heading:
    """A column heading. `direction` is the value of aria-sort, '' for the columns that do not sort."""

    label: str
    href: str
    direction: str


class CountedPaginator(Paginator[Filing]):
    """A paginator that is given the number of its rows, which the tabs have counted."""

    def __init__(self, filings: QuerySet[Filing], number: int) -> None:
        super().__init__(filings, ROWS_PER_PAGE)
        self._number = number

    @cached_property
    def count(self) -> int:
        return self._number
