"""Steps with the rows of a draft. Each becomes a list of changes that is saved like any other.

Each step is performed once per `client_id`. It raises StepRefused if the row has been removed, the number of rows
reaches its limit, another user has changed the row meanwhile, or the filing is not editable.
"""

from collections.abc import Callable

from filings.document.place import Place
from filings.drafts.changes import Change, SaveResult, from_edit
from filings.drafts.content import Draft, load
from filings.drafts.rows import duties, indicators, tasks
from filings.drafts.save_changes import save
from filings.errors import StepRefused
from filings.models import Filing, User

MakeChanges = Callable[[Draft], list[Change]]

# A place in "nodes" is a class, whose rows are indicators.
_MODULES = {"duties": duties, "tasks": tasks, "nodes": indicators, "indicators": indicators}


def add(filing: Filing, place: Place, *, by: User, client_id: str) -> Place:
    """Add a row after the row `place`, or at the end of the class or section `place`; return its place."""
    saved = _once(filing, by, client_id, None, lambda draft: _MODULES[place.section].add(draft, place))
    return Place.parse(saved.applied[0].place)


def remove(filing: Filing, place: Place, *, by: User, client_id: str, since: int | None = None) -> None:
    """Remove a row, unless another user has changed it since the edit with the id `since`."""
    _once(filing, by, client_id, since, lambda draft: _MODULES[place.section].remove(draft, place))


def move(filing: Filing, place: Place, step: int, *, by: User, client_id: str) -> None:
    """Move a row up (-1) or down (+1). An indicator at the edge of its class moves into the next one."""
    _once(filing, by, client_id, None, lambda draft: _MODULES[place.section].move(draft, place, step))


def split(filing: Filing, place: Place, *, by: User, client_id: str) -> None:
    """Split a duty into which several were pasted into one row each."""
    _once(filing, by, client_id, None, lambda draft: duties.split(draft, place))


def _once(filing: Filing, by: User, client_id: str, since: int | None, make_changes: MakeChanges) -> SaveResult:
    """Save the changes of a step unless it was performed before. Raises StepRefused if any change is rejected."""
    if done := filing.edits.filter(client_id=client_id).first():
        return from_edit(done)
    saved = save(filing, make_changes(load(filing)), by=by, client_id=client_id, since=since)
    if saved.conflicts:
        name = saved.conflicts[0].by or "其他人"
        raise StepRefused(f"{name} 刚刚改过这一行，这一步没有办。请看过最新内容后再办。")
    if saved.refusals:
        raise StepRefused(saved.refusals[0].reason)
    return saved
