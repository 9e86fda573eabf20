"""Back to a restore point: the cells that differ, changed in one save, with a restore point of what was there."""

from filings.choices import PointKind
from filings.drafts.changes import Change, Saved
from filings.drafts.content import load
from filings.drafts.restore_points import differences, draft_at
from filings.drafts.saving import save
from filings.models import Filing, RestorePoint, User


def go_back(filing: Filing, point: RestorePoint, *, by: User, client_id: str) -> Saved:
    """Make the draft what it was. Raises StepRefused when the filing is no longer being filled in."""
    now = load(filing)
    changes = [Change(str(at), text, then) for at, text, then in differences(now.stored, draft_at(point, now).stored)]
    return save(filing, changes, by=by, client_id=client_id, point=PointKind.RESTORE)
