"""Questions about rows of the table (征求意见) with their answers, in the panel of the review page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone

from filings import permissions
from filings.document.place import Place
from filings.models import Consultation, User
from filings.views.review.remark_fields import RemarkFields
from filings.views.table import annotated


@dataclass(frozen=True)
class AskedRow:
    """A row that a question is about; `href` is '' if the table does not have it."""

    name: str
    href: str


@dataclass(frozen=True)
class AskedQuestion:
    """A question with its rows."""

    consultation: Consultation
    rows: Sequence[AskedRow]
    is_overdue: bool


def asked_questions(user: User, fields: RemarkFields, places: Collection[Place]) -> list[AskedQuestion]:
    """List the questions about the filing, the open ones first and the newest of them first."""
    listed = permissions.consultations_on(fields.version.filing, user).select_related(
        "revision", "to_user", "to_office"
    )
    ordered = sorted(listed.order_by("-pk"), key=lambda asked: asked.answered_at is not None)
    return [_question(asked, fields, places) for asked in ordered]


def _question(asked: Consultation, fields: RemarkFields, places: Collection[Place]) -> AskedQuestion:
    rows = []
    for place in map(Place.parse, asked.places):
        rows.append(AskedRow(fields.name_of(place), annotated.href(place) if place in places else ""))
    return AskedQuestion(asked, rows, asked.answered_at is None and asked.due_on < timezone.localdate())
