"""Filters and order of the board, as they are written in its address."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.db.models import Case, F, IntegerField, Q, Value, When

from filings.choices import Stage, Status
from filings.library.matching import matching_names
from filings.models import Department
from filings.oversight.enrolled import Enrolled
from filings.oversight.states import STATES

NO_SECTION = "none"
ON_TIME, LATE, MISSING = "on_time", "late", "missing"
TIMINGS = {ON_TIME: "按期提交", LATE: "逾期提交", MISSING: "尚未提交"}
LONGEST_SEARCH = 60
# Orders by the name of the column in the address; equal rows follow by code.
ORDERS: Mapping[str, str] = {
    "code": "department__code",
    "name": "department__initials",
    "section": "department__section__name",
    "state": "state_order",
    "since": "since",
    "due": "due",
    "reminded": "reminded_at",
}
DEFAULT_ORDER = "code"


@dataclass(frozen=True)
class BoardFilter:
    """Filter and order of the listed departments; '' for no filter. A `-` before the order reverses it."""

    section: str = ""
    state: str = ""
    stage: str = ""
    timing: str = ""
    overdue: str = ""
    q: str = ""
    sort: str = ""

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> "BoardFilter":
        """Read an address; unknown values are ignored."""
        section = data.get("section", "")
        return cls(
            section if section == NO_SECTION or _is_number(section) else "",
            _one_of(data.get("state", ""), STATES),
            _one_of(data.get("stage", ""), list(Stage)),
            _one_of(data.get("timing", ""), TIMINGS),
            _one_of(data.get("overdue", ""), ("1",)),
            data.get("q", "").strip()[:LONGEST_SEARCH],
            data.get("sort", "") if data.get("sort", "").removeprefix("-") in ORDERS else "",
        )

    @property
    def query(self) -> str:
        """The address's query string, without what is not filtered."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def is_filtered(self) -> bool:
        return self != BoardFilter(sort=self.sort)

    def sorted_by(self, column: str) -> "BoardFilter":
        """Return the same filter sorted by a column, reversed if it is sorted by it already."""
        return replace(self, sort=f"-{column}" if (self.sort or DEFAULT_ORDER) == column else column)

    def apply(self, enrolled: Enrolled) -> Enrolled:
        """Filter and sort the rows."""
        return self._sort(enrolled.filter(self._of_department(), self._of_clock()))

    def _of_department(self) -> Q:
        condition = Q()
        if self.section:
            section = None if self.section == NO_SECTION else int(self.section)
            condition &= Q(department__section=section) if section else Q(department__section__isnull=True)
        if self.q:
            found = Department.objects.filter(matching_names(self.q) | Q(code__istartswith=self.q))
            condition &= Q(department__in=found)
        return condition

    def _of_clock(self) -> Q:
        condition = Q()
        for name in ("state", "stage"):
            if value := getattr(self, name):
                condition &= Q(**{name: value})
        if self.overdue:
            condition &= Q(is_overdue=True)
        return condition & TIMING[self.timing]

    def _sort(self, enrolled: Enrolled) -> Enrolled:
        column = self.sort or DEFAULT_ORDER
        expression = F(ORDERS[column.removeprefix("-")])
        first = expression.desc(nulls_last=True) if column.startswith("-") else expression.asc(nulls_last=True)
        return enrolled.annotate(state_order=_STATE_ORDER).order_by(first, "department__code")


TIMING: Mapping[str, Q] = {
    "": Q(),
    ON_TIME: Q(submitted_on__lte=F("deadline")),
    LATE: Q(submitted_on__gt=F("deadline")),
    MISSING: Q(submitted_on__isnull=True),
}
_STATE_ORDER = Case(
    *(When(state=state, then=Value(number)) for number, state in enumerate(STATES)),
    default=Value(len(Status)),
    output_field=IntegerField(),
)


def _one_of(value: str, known: object) -> str:
    return value if isinstance(known, Mapping | list | tuple) and value in known else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
