"""The note from the filler to the head, as the head's pages show it."""

from dataclasses import dataclass

from filings.choices import Action
from filings.lifecycle import events
from filings.models import Filing


@dataclass(frozen=True)
class NoteToHead:
    """A note with the name of the filler who wrote it."""

    by_name: str
    text: str


def note_to_head(filing: Filing) -> NoteToHead | None:
    """Return the note of the last submission; None without one."""
    event = filing.events.filter(action=Action.SUBMIT).order_by("-number").first()
    text = events.detail(event).get("note", "") if event else ""
    return NoteToHead(event.by_name, text) if event and text else None
