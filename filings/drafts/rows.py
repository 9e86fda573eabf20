"""Rows of a draft: added, removed, moved up and down.

Each step is taken once for one `client_id`. It is refused (StepRefused) when the row is gone, when there are enough
rows, and when the filing is no longer being filled in.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from filings.document.place import Place
from filings.drafts import duties, indicators
from filings.drafts.changes import Changes
from filings.drafts.holding import hold
from filings.models import Edit, Filing, User


def add(filing: Filing, at: Place, *, by: User, client_id: str) -> Place:
    """A new row, and where it is: behind the row `at`, or the last of the class or section `at`."""
    step = duties.add if at.section == "duties" else indicators.add
    changes = _once(filing, by, client_id, lambda: step(filing, at))
    return Place.parse(changes[0]["place"])


def remove(filing: Filing, at: Place, *, by: User, client_id: str) -> None:
    """Take a row away, with all that is in it."""
    step = duties.remove if at.section == "duties" else indicators.remove
    _once(filing, by, client_id, lambda: step(filing, at))


def move(filing: Filing, at: Place, step: int, *, by: User, client_id: str) -> None:
    """Move a row up (-1) or down (+1); an indicator at the edge of its class goes over into the next one."""
    keeper = duties.move if at.section == "duties" else indicators.move
    _once(filing, by, client_id, lambda: keeper(filing, at, step))


def split(filing: Filing, at: Place, *, by: User, client_id: str) -> None:
    """Cut a duty in which several were pasted into a row for each."""
    _once(filing, by, client_id, lambda: duties.split(filing, at))


@transaction.atomic
def _once(filing: Filing, by: User, client_id: str, step: Callable[[], Changes]) -> Changes:
    """Take a step unless it was taken before; answers the changes that it made."""
    done = filing.edits.filter(client_id=client_id).first()
    if done is None:
        hold(filing)
        done = filing.edits.filter(client_id=client_id).first()
    if done is None:
        done = Edit.objects.create(filing=filing, client_id=client_id, by=by, at=timezone.now(), changes=step())
    return list(done.changes)
