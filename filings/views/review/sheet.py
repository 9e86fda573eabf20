"""The table of the review page in the chosen mode: marks of findings, changes and earlier remarks in its cells."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from filings import labels
from filings.checks.assessment import AssessedFinding
from filings.document.place import Place, duty
from filings.formats import html
from filings.table.grid import Grid
from filings.views.review.changes import ChangeItem, change_items, change_marks, changed_content
from filings.views.review.marked_rows import with_rows
from filings.views.review.modes import Mode, ReadingMode
from filings.views.review.remark_fields import RemarkFields
from filings.views.table import annotated
from filings.views.table.annotated import noted_places, row_place
from filings.views.table.notes import Note


@dataclass(frozen=True)
class UnplacedRemark:
    """A typed remark whose row the table does not have, with its field."""

    text: str
    field: SafeString


@dataclass(frozen=True)
class ReviewSheet:
    """The table as shown. `threads` are the rows with earlier remarks."""

    fields: RemarkFields
    reading: ReadingMode
    threads: frozenset[Place]

    @cached_property
    def changes(self) -> list[ChangeItem]:
        return change_items(self.reading.comparison, self.fields.version.edition)

    @cached_property
    def marks(self) -> list[Note]:
        items = self.fields.version.assessment.items
        return [*finding_marks(items), *change_marks(self.changes), *thread_marks(self.threads)]

    @cached_property
    def grid(self) -> Grid:
        whole = annotated.grid_of(self.fields.version)
        if self.reading.mode is not Mode.MARKED:
            return whole
        typed = {Place.parse(place) for place in self.fields.content.remarks if _is_place(place)}
        return with_rows(whole, {mark.place for mark in self.marks} | typed)

    @cached_property
    def places(self) -> set[Place]:
        return annotated.places(self.grid)

    @property
    def html(self) -> SafeString:
        comparison = self.reading.comparison
        content = changed_content(comparison) if comparison else html.cell_content
        return annotated.write(self.grid, self.marks, field=self.fields.html, content=content)

    def unplaced(self, shown_elsewhere: Collection[Place]) -> list[UnplacedRemark]:
        """The typed remarks on rows that neither the table nor another part of the page shows."""
        shown = {str(place) for place in (*self.places, *map(row_place, self.places), *shown_elsewhere)}
        typed = self.fields.content.remarks.items()
        return [
            UnplacedRemark(remark.text, self.fields.html_at(place))
            for place, remark in typed
            if place not in shown and not remark.is_blank
        ]


def finding_marks(items: Iterable[AssessedFinding]) -> list[Note]:
    """Marks of findings, each linked to its item in the panel."""
    return [
        Note(
            place,
            _kind(item),
            labels.SEVERITY[item.finding.severity],
            annotated.reviewer_message(item),
            href=annotated.finding_href(item.finding),
        )
        for item in items
        for place in noted_places(item.finding)
    ]


def thread_marks(rows: Iterable[Place]) -> list[Note]:
    """Marks of the rows that have earlier remarks, each linked to its thread in the panel."""
    places = {row: duty(row.key) if row.section == "duties" else row for row in rows}
    hrefs = {place: f"#thread-{annotated.anchor(row)}" for row, place in places.items()}
    return [Note(place, "remark", "以前的意见", "", href=href) for place, href in hrefs.items()]


def _kind(item: AssessedFinding) -> str:
    return "waived" if item.waived else str(item.finding.severity)


def _is_place(text: str) -> bool:
    try:
        Place.parse(text)
    except ValueError:
        return False
    return True
