"""What the filing unit answers to a reviewer's remarks while it mends a returned table."""

from collections.abc import Mapping

from django.utils import timezone

from filings.choices import Status
from filings.drafts.saving import cleaned
from filings.models import Filing, Remark, User

LONGEST = 1000


def answer(filing: Filing, texts: Mapping[int, str], *, by: User) -> None:
    """Keep the answers by their remarks' ids; only remarks on this filing count, and only while it is returned."""
    asked = Remark.objects.filter(
        pk__in=texts, review__revision__filing=filing, review__revision__filing__status=Status.RETURNED
    )
    for remark in asked:
        text = cleaned(texts[remark.pk])[:LONGEST]
        if text != remark.answer:
            remark.answer, remark.answered_by, remark.answered_at = text, by, timezone.now()
            remark.save(update_fields=["answer", "answered_by", "answered_at"])
