"""Plan and apply the merge of a document into a draft.

Texts for blank cells and new rows are added; texts that differ from the draft are decided cell by cell. A merge is one
save with one restore point.
"""

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
from filings.importing.candidates import normalised
from filings.models import Filing, User


@dataclass(frozen=True)
class OversizedText:
    """A text that is longer than its cell allows; it is not merged, and the preview lists it."""

    place: Place
    text: str
    longest: int


@dataclass(frozen=True)
class MergePlan:
    """The changes that a merge would make.

    `changes` add rows and fill blank cells; each of `differing` would replace a text and needs a decision. `added`
    counts rows, `filled` cells.
    """

    changes: tuple[Change, ...]
    differing: tuple[Change, ...]
    labels: Mapping[str, tuple[str, str]]
    too_long: tuple[OversizedText, ...]
    added: int
    filled: int


def plan_merge(filing: Filing, draft: Draft, document: FilingDocument) -> MergePlan:
    """Plan the merge of a document into a draft. Raises StepRefused if its rows exceed the maximum."""
    edition = draft.edition
    # The document may be posted by a browser and contain anything.
    document = normalised(document, edition)
    addition = Addition(draft)
    for cell, text in _texts(document).items():
        addition.fill(cell, text)
    addition.rows("duties", [NewRow(duty.key, {"text": duty.text}) for duty in document.duties])
    if edition.has("tasks"):
        addition.rows("tasks", [NewRow(task.key, _task_texts(task, edition)) for task in document.tasks])
    addition.rows("indicators", _indicators(document, edition))
    editor = DraftEditor(filing, edition, draft.stored)
    changes, too_long = _split_by_length(addition.changes, editor)
    differing, longer = _split_by_length(addition.differing, editor)
    return MergePlan(changes, differing, addition.labels, (*too_long, *longer), addition.added, addition.filled)


@transaction.atomic
def merge_document(
    filing: Filing, document: FilingDocument, taken: Collection[str], *, by: User, source: str = ""
) -> int:
    """Merge a document into a draft and return the number of changed cells.

    Of the differing texts only those at the places in `taken` are merged. `source` is the file's name. Raises
    StepRefused, without any change, if the filing can no longer be edited or the rows exceed the maximum.
    """
    lock_draft(filing)
    plan = plan_merge(filing, load(filing), document)
    changes = [*plan.changes, *(change for change in plan.differing if change.place in taken)]
    saved = apply_changes(filing, changes, plan.labels, by=by, client_id=str(uuid4()), source=source)
    return sum(not is_row(Place.parse(change.place)) for change in saved.applied)


def _texts(document: FilingDocument) -> dict[Place, str]:
    """Texts of the cells outside rows: fields, amounts and the goal."""
    texts = {place.field(key): text for key, text in document.fields.items()}
    texts |= {place.amount(line): text for line, text in document.amounts.items()}
    return texts | {place.goal(): document.goal}


def _task_texts(task: TaskRow, edition: Edition) -> Mapping[str, str]:
    return {column: task.cells.get(column, "") for column in columns_of("tasks", edition)}


def _indicators(document: FilingDocument, edition: Edition) -> list[NewRow]:
    rows = []
    for row in document.indicators:
        texts = {"node": row.node or "", "name": row.name, "target": row.target}
        texts |= {column.key: row.more.get(column.key, "") for column in edition.further_columns}
        rows.append(NewRow(row.key, texts, ("", "") if row.node else (row.first_level, row.second_level)))
    return rows


def _split_by_length(
    changes: Sequence[Change], editor: DraftEditor
) -> tuple[tuple[Change, ...], tuple[OversizedText, ...]]:
    """Split changes into those that fit their cells and the texts that are too long."""
    fit, too_long = [], []
    for change in changes:
        cell = Place.parse(change.place)
        longest = editor.longest(cell)
        if len(clean_text(change.after)) > longest:
            too_long.append(OversizedText(cell, change.after, longest))
        else:
            fit.append(change)
    return tuple(fit), tuple(too_long)
