"""Writing a filing's history, and verifying it: each event's hash covers the one before, with names as they were."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from filings.choices import Action
from filings.models import Event, Filing, Membership, User


def record(
    filing: Filing, action: Action, *, by: User, acting: Membership, at: datetime, detail: Mapping[str, str]
) -> Event:
    """Add an event. Call it inside the transaction whose UPDATE of the filing keeps everybody else waiting."""
    last = filing.events.order_by("-number").first()
    event = Event(
        filing=filing,
        number=last.number + 1 if last else 1,
        action=action,
        by=by,
        by_name=by.name,
        by_role=acting.role,
        by_office=acting.place_name,
        at=at,
        detail=_text(detail),
        previous=last.hash if last else "",
    )
    event.hash = _hash(event)
    event.save(force_insert=True)
    return event


def detail(event: Event) -> dict[str, str]:
    """What `record` was told besides the names."""
    return dict(json.loads(event.detail))


def first_broken(filing: Filing) -> int | None:
    """Number of the first event that is missing, out of place or altered, None when the whole chain holds."""
    previous = ""
    for number, event in enumerate(filing.events.order_by("number"), start=1):
        if event.number != number or event.previous != previous or event.hash != _hash(event):
            return number
        previous = event.hash
    return None


def _hash(event: Event) -> str:
    """SHA-256 of the event's canonical text, the hash before it included."""
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
    return sha256(_text(parts).encode()).hexdigest()


def _text(parts: Mapping[str, str]) -> str:
    return json.dumps(dict(parts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
