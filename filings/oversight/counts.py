"""Counts of a cycle by section and state, with one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from filings.oversight.enrolled import Enrolled
from filings.oversight.filters import LATE, MISSING, NO_SECTION, ON_TIME, TIMING
from filings.oversight.states import STATES

_GROUPS = ("department__section", "department__section__name", "state")
_MEASURES = {
    "departments": Q(),
    "overdue": Q(is_overdue=True),
    ON_TIME: TIMING[ON_TIME],
    LATE: TIMING[LATE],
    MISSING: TIMING[MISSING],
    "missing_overdue": TIMING[MISSING] & Q(is_overdue=True),
    # Unlike overdue ones these are counted in a closed cycle, too.
    "missed": TIMING[MISSING] & Q(is_past_deadline=True),
}


@dataclass(frozen=True)
class SectionCounts:
    """Numbers of departments of one section, or of all. `section` is its value in the address."""

    section: str
    name: str
    by_state: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))
    measures: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_MEASURES, 0))

    @property
    def total(self) -> int:
        return self.measures["departments"]

    @property
    def overdue(self) -> int:
        return self.measures["overdue"]

    @property
    def percent_on_time(self) -> int | None:
        """Departments that submitted by their deadline, in per cent of those that submitted or missed it.

        None while there are none of these. Rounded down, so that 100 means all.
        """
        counted = sum(self.measures[measure] for measure in (ON_TIME, LATE, "missed"))
        return self.measures[ON_TIME] * 100 // counted if counted else None


@dataclass(frozen=True)
class CycleCounts:
    """Counts of each section, those without a section last, and of all."""

    sections: list[SectionCounts]
    all: SectionCounts


def counts_of(enrolled: Enrolled) -> CycleCounts:
    """Count the departments of a query by `enrolled_of`."""
    measures = {name: Count("pk", filter=condition) for name, condition in _MEASURES.items()}
    groups = enrolled.order_by().values_list(*_GROUPS)
    of_section: dict[tuple[int, str], dict[str, list[int]]] = defaultdict(dict)
    for section, name, state, *numbers in groups.annotate(**measures):
        of_section[section or 0, name or ""][state] = numbers
    # Sections in the order of the offices, departments without one last.
    ordered = sorted(of_section.items(), key=lambda item: (item[0][0] == 0, item[0][0]))
    sections = [
        _counts(str(section or NO_SECTION), name or "未归口股室", [states]) for (section, name), states in ordered
    ]
    return CycleCounts(sections, _counts("", "合计", of_section.values()))


def _counts(section: str, name: str, groups: Iterable[dict[str, list[int]]]) -> SectionCounts:
    counts = SectionCounts(section, name)
    for states in groups:
        for state, numbers in states.items():
            measures = dict(zip(_MEASURES, numbers, strict=True))
            counts.by_state[state] += measures["departments"]
            for measure, number in measures.items():
                counts.measures[measure] += number
    return counts
