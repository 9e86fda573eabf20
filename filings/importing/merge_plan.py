"""Where a document that was read lands in a draft: what is added by itself, what differs and is to be decided, cell by
cell, and taking it as one save with one restore point."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from filings.document import place
from filings.document.content import FilingDocument, TaskRow
from filings.document.edition import Edition
from filings.document.place import Place
from filings.drafts.apply import apply_changes
from filings.drafts.changes import Change
from filings.drafts.content import Draft, load
from filings.drafts.editor import DraftEditor
from filings.drafts.locking import lock_draft
from filings.drafts.merge import Addition, NewRow
from filings.drafts.save_changes import clean_text
from filings.drafts.stored_draft import columns_of, is_row
from filings.importing.candidates import on_form
from filings.models import Filing, User


@dataclass(frozen=True)
class TooLong:
    """A text that its cell does not take: it stays out, and is told."""

    place: Place
    text: str
    longest: int


@dataclass(frozen=True)
class Landing:
    """What taking a document would do: the changes that add to the draft; those that would put another text where
    something stands, each to be decided; and the texts that are too long."""

    changes: tuple[Change, ...]
    differing: tuple[Change, ...]
    labels: Mapping[str, tuple[str, str]]
    too_long: tuple[TooLong, ...]
    added: int
    filled: int


def land(filing: Filing, draft: Draft, document: FilingDocument) -> Landing:
    """What taking a document would do to a draft. Raises StepRefused when there is no room for its rows."""
    edition = draft.edition
    # One that comes back from a page may hold anything.
    document = on_form(document, edition)
    addition = Addition(draft)
    for at, text in _texts(document).items():
        addition.fill(at, text)
    addition.rows("duties", [NewRow(duty.key, {"text": duty.text}) for duty in document.duties])
    if edition.has("tasks"):
        addition.rows("tasks", [NewRow(line.key, _of_task(line, edition)) for line in document.tasks])
    addition.rows("indicators", _indicators(document, edition))
    editor = DraftEditor(filing, edition, draft.stored)
    changes, too_long = _that_fit(addition.changes, editor)
    differing, longer = _that_fit(addition.differing, editor)
    return Landing(changes, differing, addition.labels, (*too_long, *longer), addition.added, addition.filled)


@transaction.atomic
def adopt(filing: Filing, document: FilingDocument, taken: Collection[str], *, by: User) -> int:
    """Take a document in: what it adds, and of what differs the places in `taken`; how many cells were changed.

    Raises StepRefused when the filing is no longer being filled in or there is no room, and then nothing has changed.
    """
    lock_draft(filing)
    landing = land(filing, load(filing), document)
    changes = [*landing.changes, *(change for change in landing.differing if change.place in taken)]
    saved = apply_changes(filing, changes, landing.labels, by=by, client_id=str(uuid4()))
    return sum(not is_row(Place.parse(change.place)) for change in saved.applied)


def _texts(document: FilingDocument) -> dict[Place, str]:
    """What comes into cells that are in no row."""
    found = {place.field(key): text for key, text in document.fields.items()}
    found |= {place.amount(line): text for line, text in document.amounts.items()}
    return found | {place.goal(): document.goal}


def _of_task(line: TaskRow, edition: Edition) -> Mapping[str, str]:
    return {column: line.cells.get(column, "") for column in columns_of("tasks", edition)}


def _indicators(document: FilingDocument, edition: Edition) -> list[NewRow]:
    rows = []
    for row in document.indicators:
        texts = {"node": row.node or "", "name": row.name, "target": row.target}
        texts |= {column.key: row.more.get(column.key, "") for column in edition.further_columns}
        rows.append(NewRow(row.key, texts, ("", "") if row.node else (row.first_level, row.second_level)))
    return rows


def _that_fit(changes: Sequence[Change], editor: DraftEditor) -> tuple[tuple[Change, ...], tuple[TooLong, ...]]:
    fit, too_long = [], []
    for change in changes:
        at = Place.parse(change.place)
        longest = editor.longest(at)
        if len(clean_text(change.after)) > longest:
            too_long.append(TooLong(at, change.after, longest))
        else:
            fit.append(change)
    return tuple(fit), tuple(too_long)
