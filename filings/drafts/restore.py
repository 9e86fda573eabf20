"""Restore a draft to a restore point."""

from django.utils import timezone
from django.utils.formats import date_format

from filings.choices import PointKind
from filings.drafts.changes import Change, SaveResult
from filings.drafts.content import load
from filings.drafts.restore_points import differences, draft_at
from filings.drafts.save_changes import save
from filings.models import Filing, RestorePoint, User


def restore_draft(filing: Filing, point: RestorePoint, *, by: User, client_id: str) -> SaveResult:
    """Save all differing cells as they were, preceded by a restore point of the present content.

    Raises StepRefused if the filing is not editable.
    """
    current = load(filing)
    changes = [
        Change(str(place), text, former)
        for place, text, former in differences(current.stored, draft_at(point, current).stored)
    ]
    time = date_format(timezone.localtime(point.at), "Y-m-d H:i")
    return save(filing, changes, by=by, client_id=client_id, point=PointKind.RESTORE, point_detail=time)
