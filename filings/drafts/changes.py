"""A change of a cell, and what becomes of it: applied, kept out because someone else was there first, or refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from filings.drafts.content import Draft
from filings.models import Edit


@dataclass(frozen=True)
class Change:
    """What a person saw in a cell, and what they typed instead. `place` is as it came: it may be no place at all.

    A row's own place holds its rank: blank before, it is a new row or one brought back; blank after, it is removed.
    """

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class CellConflict:
    """A change of a cell that someone else changed meanwhile. `stored` is None when the whole row is gone.

    `by` and `at` are blank when nobody's save is known, after a draft was begun anew say.
    """

    change: Change
    stored: str | None
    by: str = ""
    at: datetime | None = None
    by_id: int | None = None


@dataclass(frozen=True)
class Refusal:
    """A change that was kept out, with the reason and what to do."""

    change: Change
    reason: str


@dataclass(frozen=True)
class Saved:
    """What became of a save. `at` is None when there was nothing to save.

    Beside it, for the page that saved: `edit` is the number of the newest save that it now knows of, `news` what others
    have put into cells meanwhile, `is_outdated` that the whole draft was replaced; `draft` is what is stored now.
    """

    applied: tuple[Change, ...] = ()
    conflicts: tuple[CellConflict, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    at: datetime | None = None
    edit: int = field(default=0, compare=False)
    news: Mapping[str, str] = field(default_factory=dict, compare=False)
    is_outdated: bool = field(default=False, compare=False)
    draft: Draft | None = field(default=None, compare=False)

    @property
    def kept_out(self) -> tuple[Change, ...]:
        """What was typed and is not stored."""
        return (*(item.change for item in self.conflicts), *(item.change for item in self.refusals))

    @property
    def is_whole(self) -> bool:
        """Whether everything that was typed is stored."""
        return not self.kept_out


def written(saved: Saved) -> list[dict[str, Any]]:
    """A save as its Edit keeps it; what was not applied says why, so that the answer can be given again."""
    return [
        *(_data(change) for change in saved.applied),
        *(
            {
                **_data(conflict.change),
                "stored": conflict.stored,
                "by": conflict.by,
                "at": conflict.at.isoformat() if conflict.at else "",
                "by_id": conflict.by_id,
            }
            for conflict in saved.conflicts
        ),
        *({**_data(refusal.change), "reason": refusal.reason} for refusal in saved.refusals),
    ]


def read(edit: Edit) -> Saved:
    """The save that an Edit keeps."""
    applied, conflicts, refusals = [], [], []
    for item in edit.changes:
        change = Change(item["place"], item["before"], item["after"])
        if "stored" in item:
            at = datetime.fromisoformat(item["at"]) if item["at"] else None
            conflicts.append(CellConflict(change, item["stored"], item["by"], at, item.get("by_id")))
        elif "reason" in item:
            refusals.append(Refusal(change, item["reason"]))
        else:
            applied.append(change)
    return Saved(tuple(applied), tuple(conflicts), tuple(refusals), edit.at, edit.pk)


def applied_places(edit: Edit) -> list[str]:
    """The places that a save has changed."""
    return [item["place"] for item in edit.changes if not was_kept_out(item)]


def was_kept_out(item: Mapping[str, Any]) -> bool:
    """Whether a change, as an Edit keeps it, was not applied: it met another text, or was refused."""
    return "stored" in item or "reason" in item


def _data(change: Change) -> dict[str, Any]:
    return {"place": change.place, "before": change.before, "after": change.after}
