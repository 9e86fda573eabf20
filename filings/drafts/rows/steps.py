"""Rows of a draft: added, removed, moved, cut. Each step is a list of changes like any other save.

Each step is taken once for one `client_id`. It is refused (StepRefused) when the row is gone, when there are enough
rows, when someone else was in the row meanwhile, and when the filing is no longer being filled in.
"""

from collections.abc import Callable

from filings.document.place import Place
from filings.drafts.changes import Change, Saved, read
from filings.drafts.content import Draft, load
from filings.drafts.rows import duties, indicators, tasks
from filings.drafts.saving import save
from filings.errors import StepRefused
from filings.models import Filing, User

Steps = Callable[[Draft], list[Change]]

# What a class is in, is a row of the indicators.
_KEEPERS = {"duties": duties, "tasks": tasks, "nodes": indicators, "indicators": indicators}


def add(filing: Filing, at: Place, *, by: User, client_id: str) -> Place:
    """A new row, and where it is: behind the row `at`, or the last of the class or section `at`."""
    saved = _once(filing, by, client_id, None, lambda draft: _KEEPERS[at.section].add(draft, at))
    return Place.parse(saved.applied[0].place)


def remove(filing: Filing, at: Place, *, by: User, client_id: str, since: int | None = None) -> None:
    """Take a row away, unless someone has changed it since the page's newest save."""
    _once(filing, by, client_id, since, lambda draft: _KEEPERS[at.section].remove(draft, at))


def move(filing: Filing, at: Place, step: int, *, by: User, client_id: str) -> None:
    """Move a row up (-1) or down (+1); an indicator at the edge of its class goes over into the next one."""
    _once(filing, by, client_id, None, lambda draft: _KEEPERS[at.section].move(draft, at, step))


def split(filing: Filing, at: Place, *, by: User, client_id: str) -> None:
    """Cut a duty in which several were pasted into a row for each."""
    _once(filing, by, client_id, None, lambda draft: duties.split(draft, at))


def _once(filing: Filing, by: User, client_id: str, since: int | None, steps: Steps) -> Saved:
    """Take a step unless it was taken before. Raises StepRefused when it cannot be taken whole."""
    if done := filing.edits.filter(client_id=client_id).first():
        return read(done)
    saved = save(filing, steps(load(filing)), by=by, client_id=client_id, since=since)
    if saved.conflicts:
        name = saved.conflicts[0].by or "其他人"
        raise StepRefused(f"{name} 刚刚改过这一行，这一步没有办。请看过最新内容后再办。")
    if saved.refusals:
        raise StepRefused(saved.refusals[0].reason)
    return saved
