"""Answers of the filing unit to a reviewer's remarks on a returned table."""

from collections.abc import Mapping

from django.db.models import F
from django.utils import timezone

from filings.choices import RemarkState, Status
from filings.drafts.save_changes import clean_text
from filings.models import Filing, Remark, User

LONGEST = 1000
# What the department may choose for a remark; blank leaves it open.
CHOICES = (RemarkState.CHANGED, RemarkState.DECLINED)


def answer(
    filing: Filing, texts: Mapping[int, str], *, by: User, choices: Mapping[int, RemarkState] | None = None
) -> None:
    """Store answers by the ids of their remarks, cut to LONGEST characters, and the choices 已改 or 不改.

    Only the visible remarks of the last return of this filing can be answered, and only while it is returned; others
    are ignored. A choice lasts until submission, which stores what is true of the table.
    """
    choices = choices or {}
    remarks = Remark.objects.filter(
        pk__in={*texts, *choices},
        filing=filing,
        filing__status=Status.RETURNED,
        filing__round=F("round") + 1,
        internal=False,
    )
    for remark in remarks:
        text = clean_text(texts.get(remark.pk, remark.answer))[:LONGEST]
        state = choices.get(remark.pk, remark.state)
        if (text, state) != (remark.answer, remark.state):
            remark.answer, remark.state = text, state
            remark.answered_by, remark.answered_at = by, timezone.now()
            remark.save(update_fields=["answer", "state", "answered_by", "answered_at"])
