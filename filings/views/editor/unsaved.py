"""Why something that was typed is not stored, in words: who was first, or what a cell does not take."""

from django.utils import timezone
from django.utils.formats import date_format

from filings.document.place import Place
from filings.drafts import CellConflict, SaveResult
from filings.drafts.stored_draft import is_row
from filings.rules.finding import quote
from filings.views.table.annotated import Note


def unsaved_notes(saved: SaveResult) -> list[Note]:
    """Why something that was typed is not stored, at its cell."""
    conflicts = [(conflict.change.place, "没有保存", conflict_in_words(conflict)) for conflict in saved.conflicts]
    refusals = [(refusal.change.place, "没有保存", refusal.reason) for refusal in saved.refusals]
    return [Note(place_of(place), "unsaved", label, text) for place, label, text in (*conflicts, *refusals)]


def conflict_in_words(conflict: CellConflict) -> str:
    """Who changed the cell, when, and to what; what was typed stays on the page."""
    words = other_in_words(conflict)
    return words if conflict.stored is None else words + "要用您填的，请再保存一次；否则请改回。"


def other_in_words(conflict: CellConflict) -> str:
    """Who was first, when, and what they have put there."""
    who = conflict.by or "其他人"
    when = date_format(timezone.localtime(conflict.at), "H:i") if conflict.at else "刚才"
    names = {"who": who, "when": when, "typed": quote(conflict.change.after)}
    at = place_of(conflict.change.place)
    if is_row(at) and not conflict.change.after:
        return "{who} {when} 改过这一行，没有删去。".format(**names)
    if is_row(at) or (at.column == "node" and conflict.stored is None):
        return "{who} {when} 删去了这一行，没有移动。".format(**names)
    if at.column == "node":
        return "{who} {when} 已把这一行放到别的二级指标，没有按您的移动。".format(**names)
    if conflict.stored is None:
        return "{who} {when} 删去了这一行，您填的{typed}没有保存。".format(**names)
    stored = quote(conflict.stored) if conflict.stored else "空白"
    return "{who} {when} 已改为{stored}，您填的{typed}没有保存。".format(**names, stored=stored)


def place_of(text: str) -> Place:
    """A place as it was posted; what is no place of a table is said at none."""
    try:
        return Place.parse(text)
    except ValueError:
        return Place("fields")
