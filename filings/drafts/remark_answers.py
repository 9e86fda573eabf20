"""Answers of the filing unit to a reviewer's remarks on a returned table."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from filings.choices import RemarkState, Status
from filings.drafts.changes import Change, SaveResult
from filings.drafts.locking import NOT_EDITABLE
from filings.drafts.save_changes import clean_text, save
from filings.errors import StepRefused
from filings.models import Filing, Remark, User

LONGEST = 1000
# What the department may choose for a remark; blank leaves it open.
CHOICES = (RemarkState.CHANGED, RemarkState.DECLINED)


def answer(
    filing: Filing, texts: Mapping[int, str], *, by: User, choices: Mapping[int, RemarkState] | None = None
) -> None:
    """Store answers by the ids of their remarks, cut to LONGEST characters, and the choices 已改 or 不改.

    Only the visible remarks of the last return of this filing can be answered; others are ignored. A choice lasts until
    submission, which stores what is true of the table. The filing's row is locked meanwhile, so that a submission sees
    either all answers or none. Raises StepRefused if there is a new text and the filing is not returned any more.
    """
    if texts or choices:
        with transaction.atomic():
            _answer(filing, texts, choices or {}, by)


def save_with_answers(
    filing: Filing,
    changes: Sequence[Change],
    texts: Mapping[int, str],
    choices: Mapping[int, RemarkState],
    *,
    by: User,
    client_id: str,
    since: int | None,
) -> SaveResult:
    """Save changes of the table together with answers to remarks. Raises StepRefused, and then neither is stored."""
    with transaction.atomic():
        answer(filing, texts, by=by, choices=choices)
        return save(filing, changes, by=by, client_id=client_id, since=since)


def _answer(filing: Filing, texts: Mapping[int, str], choices: Mapping[int, RemarkState], by: User) -> None:
    is_returned = Filing.objects.select_for_update().filter(pk=filing.pk, status=Status.RETURNED).exists()
    remarks = Remark.objects.filter(
        pk__in={*texts, *choices}, filing=filing, filing__round=F("round") + 1, internal=False
    )
    for remark in remarks:
        text = clean_text(texts.get(remark.pk, remark.answer))[:LONGEST]
        state = choices.get(remark.pk, remark.state)
        if not is_returned and text != remark.answer:
            raise StepRefused(NOT_EDITABLE)
        if is_returned and (text, state) != (remark.answer, remark.state):
            remark.answer, remark.state = text, state
            remark.answered_by, remark.answered_at = by, timezone.now()
            remark.save(update_fields=["answer", "state", "answered_by", "answered_at"])
