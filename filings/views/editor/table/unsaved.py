"""Messages about texts that were posted and not stored: conflicts with another user's save, and refused texts."""

from django.utils import timezone
from django.utils.formats import date_format

from filings.document.place import Place
from filings.drafts import CellConflict, SaveResult
from filings.drafts.stored_draft import is_row
from filings.rules.finding import quote
from filings.views.table.notes import Note


def unsaved_notes(saved: SaveResult) -> list[Note]:
    """Notes for the cells whose posted text was not stored."""
    conflicts = [(conflict.change.place, form_message(conflict)) for conflict in saved.conflicts]
    refusals = [(refusal.change.place, refusal.reason) for refusal in saved.refusals]
    return [Note(parse_place(place), "unsaved", "未保存", text) for place, text in (*conflicts, *refusals)]


def form_message(conflict: CellConflict) -> str:
    """Describe a conflict on the posted form, where the typed text is still in its cell."""
    message = conflict_message(conflict)
    return message if conflict.stored is None else message + "需采用您填写的内容的，请再次保存；否则请改回。"


def conflict_message(conflict: CellConflict) -> str:
    """Name who saved first and when, and what the cell holds now."""
    who = conflict.by or "其他人"
    when = date_format(timezone.localtime(conflict.at), "H:i") if conflict.at else "刚才"
    typed = quote(conflict.change.after)
    place = parse_place(conflict.change.place)
    if is_row(place) and not conflict.change.after:
        return f"{who} {when} 改过这一行，没有删去。"
    if is_row(place) or (place.column == "node" and conflict.stored is None):
        return f"{who} {when} 删去了这一行，没有移动。"
    if place.column == "node":
        return f"{who} {when} 已把这一行放到别的二级指标，没有按您的移动。"
    if conflict.stored is None:
        return f"{who} {when} 删去了这一行，您填的{typed}未保存。"
    stored = quote(conflict.stored) if conflict.stored else "空白"
    return f"{who} {when} 已改为{stored}，您填的{typed}未保存。"


def parse_place(text: str) -> Place:
    """Parse a posted place; fall back to the whole form when it is invalid."""
    try:
        return Place.parse(text)
    except ValueError:
        return Place("fields")
