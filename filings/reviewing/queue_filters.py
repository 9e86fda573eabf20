"""The choices of the review queue: tab, cycle, filters, search and order, as they are written in its address."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from filings.choices import Grade, Stage
from filings.models.keys import parse_key
from filings.rules.catalogue import CATALOGUE

LONGEST_SEARCH = 50


class Tab(StrEnum):
    """Lists of the queue."""

    MINE = "mine"
    RESUBMITTED = "resubmitted"
    RETURNED = "returned"
    OVERDUE = "overdue"
    ALL = "all"


class SortColumn(StrEnum):
    """Columns by which the queue can be sorted."""

    DEPARTMENT = "department"
    SECTION = "section"
    MONEY = "money"
    FINDINGS = "findings"
    ROUND = "round"
    WAITING = "waiting"
    REVIEWER = "reviewer"


@dataclass(frozen=True)
class QueueFilters:
    """Choices of a user in the queue. '' and None choose everything.

    `cycle` and `section` are primary keys. `rule` is the code of a finding, `grade` a grade given in the present round.
    """

    tab: Tab = Tab.MINE
    cycle: int | None = None
    section: int | None = None
    stage: str = ""
    rule: str = ""
    grade: str = ""
    search: str = ""
    sort: SortColumn = SortColumn.WAITING
    descending: bool = True

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Parse an address; unknown values count as not given."""
        sort = query.get("sort", "-waiting")
        column = sort.removeprefix("-")
        known = column in list(SortColumn)
        return cls(
            Tab(_one_of(query.get("tab", ""), list(Tab)) or Tab.MINE),
            parse_key(query.get("cycle", "")),
            parse_key(query.get("section", "")),
            _one_of(query.get("stage", ""), list(Stage)),
            _one_of(query.get("rule", ""), [rule.code for rule in CATALOGUE]),
            _one_of(query.get("grade", ""), list(Grade)),
            query.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
            SortColumn(column) if known else SortColumn.WAITING,
            sort.startswith("-") if known else True,
        )

    def query_string(self) -> str:
        """Format the address: always with the tab, otherwise only what is chosen."""
        chosen = {
            "tab": self.tab,
            "cycle": self.cycle,
            "section": self.section,
            "stage": self.stage,
            "rule": self.rule,
            "grade": self.grade,
            "q": self.search,
            "sort": "" if self.sort_key == "-waiting" else self.sort_key,
        }
        return urlencode({name: value for name, value in chosen.items() if value})

    @property
    def sort_key(self) -> str:
        """The order as in the address: a column, after a hyphen if it is descending."""
        return f"-{self.sort}" if self.descending else str(self.sort)

    @property
    def narrows(self) -> bool:
        """Whether anything besides tab, cycle and order is chosen."""
        return bool(self.section or self.stage or self.rule or self.grade or self.search)


def _one_of(value: str, known: list[str]) -> str:
    return value if value in known else ""
