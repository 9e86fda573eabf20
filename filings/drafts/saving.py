"""A save: a list of changes, each applied when the cell still holds what the person saw, otherwise a conflict."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from filings.document.place import Place
from filings.drafts.desk import Desk
from filings.drafts.holding import hold
from filings.models import Edit, Filing, User


@dataclass(frozen=True)
class Change:
    """What a person saw in a cell, and what they typed instead. `place` is as it came: it may be no place at all."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class Conflict:
    """A change of a cell that someone else changed meanwhile. `stored` is None when the whole row is gone.

    `by` and `at` are blank when nobody's save is known, after a draft was begun anew say.
    """

    change: Change
    stored: str | None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Refusal:
    """A change that was kept out, with the reason and what to do."""

    change: Change
    reason: str


@dataclass(frozen=True)
class Saved:
    """What became of a save. `at` is None when there was nothing to save."""

    applied: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    at: datetime | None = None

    @property
    def kept_out(self) -> tuple[Change, ...]:
        """What was typed and is not stored."""
        return (*(item.change for item in self.conflicts), *(item.change for item in self.refusals))

    @property
    def is_whole(self) -> bool:
        """Whether everything that was typed is stored."""
        return not self.kept_out


@transaction.atomic
def save(filing: Filing, changes: Sequence[Change], *, by: User, client_id: str) -> Saved:
    """Store what was typed. The same `client_id` again changes nothing and is answered as the first time.

    Raises StepRefused when the filing is no longer being filled in, and then nothing has changed.
    """
    if not changes:
        return Saved()
    if done := _done_before(filing, client_id):
        return done
    hold(filing)
    if done := _done_before(filing, client_id):
        return done
    saved = _apply(filing, [_cleaned(change) for change in changes])
    Edit.objects.create(
        filing=filing, client_id=client_id, by=by, at=saved.at or timezone.now(), changes=_written(saved)
    )
    return saved


def cleaned(text: str) -> str:
    """A text as typed, without what no keyboard makes: control characters, NUL, halves of characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def _cleaned(change: Change) -> Change:
    return Change(cleaned(change.place), cleaned(change.before), cleaned(change.after))


def _apply(filing: Filing, changes: Sequence[Change]) -> Saved:
    places = {change.place: at for change in changes if (at := _place(change.place))}
    desk = Desk(filing, filing.cycle.edition.definition(), places.values())
    applied, conflicts, refusals = [], [], []
    for change in changes:
        at = places.get(change.place)
        if reason := _why_not(change, at, desk):
            refusals.append(Refusal(change, reason))
        elif at and desk.text(at) in (change.before, change.after):
            desk.put(at, change.after)
            applied.append(change)
        elif at:
            conflicts.append(Conflict(change, desk.text(at)))
    desk.store()
    return Saved(tuple(applied), tuple(_with_names(filing, conflicts)), tuple(refusals), timezone.now())


def _place(text: str) -> Place | None:
    try:
        return Place.parse(text)
    except ValueError:
        return None


def _why_not(change: Change, at: Place | None, desk: Desk) -> str:
    """Why a change cannot be stored, whoever else was there; empty when it can."""
    if at is None or not desk.has(at):
        return _("表中没有这一格，请刷新页面。")
    longest = desk.longest(at)
    if len(change.after) > longest:
        numbers = {"count": len(change.after), "longest": longest}
        return _("这里有 %(count)s 个字，最多 %(longest)s 个，没有保存。请删减后再保存。") % numbers
    return "" if desk.takes(at, change.after) else _("没有这个二级指标，没有保存。请另选一个。")


def _with_names(filing: Filing, conflicts: list[Conflict]) -> Iterable[Conflict]:
    """The same conflicts, each with whoever changed its place last."""
    missing = {place for conflict in conflicts for place in _causes(conflict)}
    last: dict[str, Edit] = {}
    if not missing:
        return conflicts
    for edit in filing.edits.select_related("by").order_by("-id").iterator(chunk_size=100):
        for place in missing & {change["place"] for change in edit.changes if _is_applied(change)}:
            last[place] = edit
        missing -= last.keys()
        if all(any(place in last for place in _causes(conflict)) for conflict in conflicts):
            break
    return [_named(conflict, last) for conflict in conflicts]


def _causes(conflict: Conflict) -> tuple[str, str]:
    """The places whose change can have made a conflict: the cell, or the row once it is gone; or the whole section."""
    place = conflict.change.place
    return place.partition(".")[0] if conflict.stored is None else place, place.partition("[")[0]


def _named(conflict: Conflict, last: dict[str, Edit]) -> Conflict:
    edits = [last[place] for place in _causes(conflict) if place in last]
    if not edits:
        return conflict
    edit = max(edits, key=lambda edit: edit.pk)
    return Conflict(conflict.change, conflict.stored, edit.by.name, edit.at)


def _done_before(filing: Filing, client_id: str) -> Saved | None:
    edit = filing.edits.filter(client_id=client_id).first()
    return _read(edit) if edit else None


def _written(saved: Saved) -> list[dict[str, Any]]:
    """A save as its Edit keeps it; what was not applied says why, so that the answer can be given again."""
    return [
        *(_change_data(change) for change in saved.applied),
        *(
            {
                **_change_data(conflict.change),
                "stored": conflict.stored,
                "by": conflict.by,
                "at": conflict.at.isoformat() if conflict.at else "",
            }
            for conflict in saved.conflicts
        ),
        *({**_change_data(refusal.change), "reason": refusal.reason} for refusal in saved.refusals),
    ]


def _change_data(change: Change) -> dict[str, Any]:
    return {"place": change.place, "before": change.before, "after": change.after}


def _is_applied(change: dict[str, Any]) -> bool:
    return "stored" not in change and "reason" not in change


def _read(edit: Edit) -> Saved:
    applied, conflicts, refusals = [], [], []
    for item in edit.changes:
        change = Change(item["place"], item["before"], item["after"])
        if "stored" in item:
            at = datetime.fromisoformat(item["at"]) if item["at"] else None
            conflicts.append(Conflict(change, item["stored"], item["by"], at))
        elif "reason" in item:
            refusals.append(Refusal(change, item["reason"]))
        else:
            applied.append(change)
    return Saved(tuple(applied), tuple(conflicts), tuple(refusals), edit.at)
