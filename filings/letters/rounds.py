"""The stored data of one round from which letters are made: its return, its remarks, its deadline."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils import timezone

from filings.choices import Action, OfficeKind, Stage, Status
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.sections import section_position
from filings.models import Event, Filing, Office, Remark, Review, Revision
from filings.reviewing.row_names import RowName, row_name


@dataclass(frozen=True)
class ReturnedRound:
    """A round that ended with a return. Internal remarks are no part of it."""

    filing: Filing
    review: Review

    @cached_property
    def document(self) -> FilingDocument:
        return self.review.revision.document()

    @cached_property
    def edition(self) -> Edition:
        return self.filing.cycle.edition.definition()

    @cached_property
    def remarks(self) -> list[Remark]:
        """The remarks of the round in the order of the table's sections."""
        remarks = self.filing.remarks.filter(round=self.review.round, internal=False).order_by("id")
        return sorted(remarks, key=lambda remark: section_position(Place.parse(remark.place), self.edition))

    @cached_property
    def due_on(self) -> date | None:
        """The deadline that the return set, as its event keeps it."""
        events = self.filing.events.filter(action=Action.RETURN, at=self.review.at)
        kept = next((json.loads(event.detail).get("due_on") for event in events), None)
        return date.fromisoformat(kept) if kept else None

    @cached_property
    def resubmitted(self) -> Revision | None:
        """The revision that answers the return: the one decided on next, otherwise the last one; None without one.

        Once an adjustment is cancelled, later revisions do not answer its returns.
        """
        cancellations = Event.objects.filter(
            filing=self.filing, action=Action.CANCEL_ADJUSTMENT, at__gte=self.review.at, at__lt=OuterRef("submitted_at")
        )
        later = self.filing.revisions.filter(~Exists(cancellations), number__gt=self.review.revision.number)
        decided = later.filter(reviews__isnull=False).order_by("number").first()
        return decided or later.order_by("-number").first()

    @property
    def is_answered(self) -> bool:
        """Whether the department has resubmitted and signed the table after this return."""
        is_last = self.review.round == self.filing.round - 1
        return not is_last or self.filing.status not in (Status.RETURNED, Status.SIGNING)

    def name(self, remark: Remark) -> RowName:
        return row_name(Place.parse(remark.place), self.document, self.edition)

    def reason(self, remark: Remark) -> str:
        """Return the label of the remark's reason code, '' without one."""
        code = self.filing.cycle.review_policy().reason(remark.code)
        return code.label if code else ""


def returned_rounds(filing: Filing) -> Iterator[ReturnedRound]:
    """Yield the returned rounds, newest first."""
    reviews = Review.objects.filter(revision__filing=filing, decision=Action.RETURN)
    for review in reviews.select_related("revision").order_by("-id"):
        yield ReturnedRound(filing, review)


def returned_round(filing: Filing, number: int) -> ReturnedRound | None:
    """Return one round by its number, None if it did not end with a return."""
    return next((item for item in returned_rounds(filing) if item.review.round == number), None)


def written_date(day: date) -> str:
    """Format a day as 2026年11月29日."""
    return f"{day.year}年{day.month}月{day.day}日"


def date_of(review: Review) -> str:
    return written_date(timezone.localdate(review.at))


def full_office(review: Review) -> str:
    """Return the reviewer's office of that time with its bureau before it, as in 县财政局行政政法股.

    The bureau is the only office of its kind whose name is that of a bureau; without it, the office is returned.
    """
    names = [office.name for office in Office.objects.filter(kind=OfficeKind.BUREAU) if office.name.endswith("局")]
    if len(names) != 1 or review.stage == Stage.SUPERVISOR or review.by_office.startswith(names[0]):
        return review.by_office
    return f"{names[0]}{review.by_office}"
