"""Findings and earlier remarks in the panel of the review page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from filings.choices import RemarkState
from filings.document.place import WHOLE_TABLE, Place, duty, row_of
from filings.labels import REMARK_STATE
from filings.models import Remark
from filings.policy.policy import ReviewPolicy
from filings.reviewing.settlement import SETTLEMENTS
from filings.table.grid import Grid
from filings.views.review.remark_fields import RemarkFields
from filings.views.table import annotated
from filings.views.table.annotated import TableLink, row_place
from filings.views.visible_version import VisibleVersion


@dataclass(frozen=True)
class FindingItem:
    """A finding with the place that takes a remark about it; `field` is a field of its own if the table has none."""

    link: TableLink
    place: Place
    field: str = ""


@dataclass(frozen=True)
class EarlierRemark:
    """A remark of an earlier decision, the states that the reviewer may give it, and the one chosen in the draft."""

    remark: Remark
    state: str
    reason: str
    choices: tuple[tuple[RemarkState, str], ...]
    chosen: str

    @property
    def is_unsettled(self) -> bool:
        """Whether the reviewer has still to settle it."""
        return bool(self.choices) and not self.chosen

    @property
    def is_answered(self) -> bool:
        """Whether the department has changed the row or explained why not."""
        return any(state == RemarkState.DISPUTED for state, _label in self.choices)


@dataclass(frozen=True)
class RemarkThread:
    """The remarks of a row over all rounds, oldest first. `href` is '' if the table has no such row."""

    place: Place
    name: str
    href: str
    remarks: Sequence[EarlierRemark]

    @property
    def awaits(self) -> bool:
        """Whether the reviewer is to settle one of the remarks."""
        return any(item.choices for item in self.remarks)

    @property
    def unsettled(self) -> int:
        """Number of remarks that the reviewer has still to settle."""
        return sum(item.is_unsettled for item in self.remarks)

    @property
    def answered(self) -> list[EarlierRemark]:
        """The remarks that the department has answered and that can be settled."""
        return [item for item in self.remarks if item.is_answered]

    @property
    def id(self) -> str:
        return f"thread-{annotated.anchor(row_of(self.place))}"


def finding_items(grid: Grid, version: VisibleVersion, fields: RemarkFields) -> list[FindingItem]:
    """List the findings, the most severe first. Only the first one at a place without a cell has a field."""
    known = {WHOLE_TABLE, *map(row_place, annotated.places(grid))}
    items = []
    for link in annotated.linked_findings(grid, version.assessment.items, annotated.reviewer_message):
        if link.assessed is None:
            continue
        places = [row_place(place) for place in link.assessed.finding.places]
        place = next((place for place in places if place in known), places[0])
        own_field = "" if place in known else fields.html(place)
        known.add(place)
        items.append(FindingItem(link, place, own_field))
    return items


def remark_threads(
    threads: Mapping[Place, Sequence[Remark]], policy: ReviewPolicy, fields: RemarkFields, places: Collection[Place]
) -> list[RemarkThread]:
    """List the threads, those that wait for the reviewer first."""
    listed = []
    for row, remarks in threads.items():
        place = duty(row.key) if row.section == "duties" else row
        href = annotated.href(place) if place in places else ""
        listed.append(
            RemarkThread(place, fields.name_of(place), href, [_earlier(remark, policy, fields) for remark in remarks])
        )
    return sorted(listed, key=lambda thread: not thread.awaits)


def _earlier(remark: Remark, policy: ReviewPolicy, fields: RemarkFields) -> EarlierRemark:
    reason = policy.reason(remark.code)
    states = [] if remark.internal or not fields.can_decide else list(SETTLEMENTS)
    return EarlierRemark(
        remark,
        "" if remark.internal else REMARK_STATE[remark.state],
        reason.label if reason else "",
        tuple((RemarkState(state), REMARK_STATE[state]) for state in states if remark.state in SETTLEMENTS[state]),
        fields.content.settled.get(str(remark.pk), ""),
    )
