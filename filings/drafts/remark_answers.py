"""Answers of the filing unit to a reviewer's remarks on a returned table."""

from collections.abc import Mapping

from django.utils import timezone

from filings.choices import Status
from filings.drafts.save_changes import clean_text
from filings.models import Filing, Remark, User

LONGEST = 1000


def answer(filing: Filing, texts: Mapping[int, str], *, by: User) -> None:
    """Store answers by the ids of their remarks, cut to LONGEST characters.

    Remarks on other filings are ignored, and all are unless the filing is returned.
    """
    remarks = Remark.objects.filter(
        pk__in=texts, review__revision__filing=filing, review__revision__filing__status=Status.RETURNED
    )
    for remark in remarks:
        text = clean_text(texts[remark.pk])[:LONGEST]
        if text != remark.answer:
            remark.answer, remark.answered_by, remark.answered_at = text, by, timezone.now()
            remark.save(update_fields=["answer", "answered_by", "answered_at"])
