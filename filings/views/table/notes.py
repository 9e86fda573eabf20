"""Notes at the cells of the table: a small mark in the cell for each kind of note, and the sentences, which pages open
over the table, so that nothing moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from filings.choices import Severity
from filings.document.place import Place

_CHANGE = "change"
# The kinds that have a mark, in the order of the marks, with their signs. A change is marked with its own sign, an
# answer with the mark of what it answers.
_SIGNS = {
    Severity.ERROR: "改",
    Severity.WARNING: "!",
    Severity.ADVICE: "i",
    "remark": "审",
    _CHANGE: "±",
    "waived": "免",
    "writing": "写",
    "last-year": "上",
}


@dataclass(frozen=True)
class Note:
    """A message at a place. `kind` is its class: a severity, waived, answer, remark, unsaved, writing, last-year or
    change.

    `quick_fix` is the HTML of a button, `href` the address of the message in a list of the page.
    """

    place: Place
    kind: str
    label: str
    text: str
    quick_fix: str = ""
    href: str = ""


@dataclass(frozen=True)
class Mark:
    """The mark of all notes of one kind at a cell. It links to the first; `items` are the ids of all of them."""

    kind: str
    sign: str
    label: str
    href: str
    items: Sequence[str]


def marks_of(notes: Sequence[Note], cell_id: str) -> list[Mark]:
    """One mark for each kind of note, the most severe first. Notes of no list link to those of the cell."""
    kinds = dict.fromkeys(note.kind for note in notes)
    ordered = sorted(filter(_is_marked, kinds), key=lambda kind: list(_SIGNS).index(_base(kind)))
    return [_mark(kind, [note for note in notes if note.kind == kind], f"#{cell_id}-box") for kind in ordered]


def notes_html(notes: Sequence[Note]) -> SafeString:
    """Write the sentences of one cell; an empty string without notes, which style sheets rely on."""
    return render_to_string("filings/table/_notes.html", {"notes": notes}) if notes else SafeString()


def marks_html(notes: Sequence[Note], cell_id: str) -> SafeString:
    """Write the marks of one cell, whose box of notes has the id `cell_id` with -box; an empty string without marks."""
    if not (marks := marks_of(notes, cell_id)):
        return SafeString()
    return render_to_string("filings/table/_marks.html", {"marks": marks, "id": cell_id})


def severity_of(notes: Iterable[Note]) -> str:
    """Return the highest severity among the notes of a cell, which underlines its text; empty without findings."""
    kinds = {note.kind for note in notes}
    return next((str(severity) for severity in Severity if severity in kinds), "")


def _is_marked(kind: str) -> bool:
    return _base(kind) in _SIGNS


def _base(kind: str) -> str:
    """Drop what kind of change it is."""
    return _CHANGE if kind.startswith(_CHANGE) else kind


def _mark(kind: str, notes: Sequence[Note], href: str) -> Mark:
    first = notes[0]
    sign = first.label[:1] if _base(kind) == _CHANGE else _SIGNS[kind]
    label = first.label if len(notes) == 1 else f"{first.label} {len(notes)} 项"
    return Mark(kind, sign, label, first.href or href, [note.href.removeprefix("#") for note in notes if note.href])
