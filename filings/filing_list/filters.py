"""The choices of the list of filings: cycle, status, search and order, as they are written in its address."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from filings.choices import Status
from filings.reviewing.queue_filters import LONGEST_SEARCH

# The value of the parameter `cycle` that chooses all cycles.
ALL_CYCLES = "all"


class FilingColumn(StrEnum):
    """Columns by which the list can be sorted."""

    CODE = "code"
    NAME = "name"
    CYCLE = "cycle"
    SECTION = "section"
    STATUS = "status"
    MONEY = "money"
    DUE = "due"


@dataclass(frozen=True)
class ListFilters:
    """Choices of a user in the list. `cycle` is a primary key, None for all cycles; '' chooses everything.

    `department` is the primary key of a unit that the session has chosen, None for all; it is not in the address.
    """

    cycle: int | None = None
    status: str = ""
    search: str = ""
    sort: FilingColumn = FilingColumn.CODE
    descending: bool = False
    department: int | None = None

    @classmethod
    def from_query(cls, query: QueryDict, cycle: int | None) -> Self:
        """Parse an address; unknown values count as not given. `cycle` is chosen unless the address chooses all."""
        sort = query.get("sort", "")
        column = sort.removeprefix("-")
        known = column in list(FilingColumn)
        status = query.get("status", "")
        return cls(
            None if query.get("cycle") == ALL_CYCLES else cycle,
            status if status in list(Status) else "",
            query.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
            FilingColumn(column) if known else FilingColumn.CODE,
            known and sort.startswith("-"),
        )

    def query_string(self) -> str:
        """Format the address: always with the cycle, otherwise only what is chosen."""
        chosen = {
            "status": self.status,
            "q": self.search,
            "sort": "" if self.sort_key == FilingColumn.CODE else self.sort_key,
        }
        return urlencode({"cycle": self.cycle or ALL_CYCLES} | {name: value for name, value in chosen.items() if value})

    @property
    def sort_key(self) -> str:
        """The order as in the address: a column, after a hyphen if it is descending."""
        return f"-{self.sort}" if self.descending else str(self.sort)
