"""Record a filing's history and verify it. Each event's hash covers the hash of the one before."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from filings.choices import Action
from filings.models import Event, Filing, Membership, User


def record(
    filing: Filing, action: Action, *, by: User, acting: Membership, time: datetime, detail: Mapping[str, str]
) -> Event:
    """Append an event with the names of user, role and office as they are now.

    Call it inside the transaction that has locked the filing's row, so that numbers and hashes form one chain.
    """
    last = filing.events.order_by("-number").first()
    event = Event(
        filing=filing,
        number=last.number + 1 if last else 1,
        action=action,
        by=by,
        by_name=by.name,
        by_role=acting.role,
        by_office=acting.place_name,
        at=time,
        detail=_canonical(detail),
        previous=last.hash if last else "",
    )
    event.hash = _hash(event)
    event.save(force_insert=True)
    return event


def detail(event: Event) -> dict[str, str]:
    """Parse the detail with which the event was recorded."""
    return dict(json.loads(event.detail))


def first_broken(filing: Filing) -> int | None:
    """Return the number of the first event that is missing, misplaced or altered; None if the chain is intact."""
    return first_broken_of(filing.events.order_by("number"))


def first_broken_of(chain: Iterable[Event]) -> int | None:
    """Like `first_broken`, for all events of a filing in order."""
    previous = ""
    for number, event in enumerate(chain, start=1):
        if event.number != number or event.previous != previous or event.hash != _hash(event):
            return number
        previous = event.hash
    return None


def _hash(event: Event) -> str:
    """Return the SHA-256 of the event's canonical text, including the previous hash."""
    parts = {
        "filing": str(event.filing_id),
        "number": str(event.number),
        "action": str(event.action),
        "by": str(event.by_id),
        "by_name": event.by_name,
        "by_role": str(event.by_role),
        "by_office": event.by_office,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "detail": event.detail,
        "previous": event.previous,
    }
    return sha256(_canonical(parts).encode()).hexdigest()


def _canonical(parts: Mapping[str, str]) -> str:
    return json.dumps(dict(parts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
