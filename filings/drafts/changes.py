"""Changes of cells and the result of saving them: applied, in conflict with another save, or refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from filings.drafts.content import Draft
from filings.models import Edit


@dataclass(frozen=True)
class Change:
    """The text of a cell as the user saw it and as typed. `place` is as posted and may be invalid.

    A row's own place holds its rank: blank before means a new or restored row, blank after a removed one.
    """

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class CellConflict:
    """A change of a cell that another save changed first. `stored`: None when the row has been removed.

    `by` and `at` are blank when the other save is unknown.
    """

    change: Change
    stored: str | None
    by: str = ""
    at: datetime | None = None
    by_id: int | None = None


@dataclass(frozen=True)
class Refusal:
    """A change that cannot be stored; `reason` is a Chinese sentence with the reason and what to do."""

    change: Change
    reason: str


@dataclass(frozen=True)
class SaveResult:
    """The result of a save. `at`: the time, None when nothing was changed.

    For the page that saved: `edit` is the id of the newest edit that it now knows, `news` the texts by place that
    others have saved meanwhile, and `draft` the draft as stored now.
    """

    applied: tuple[Change, ...] = ()
    conflicts: tuple[CellConflict, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    at: datetime | None = None
    edit: int = field(default=0, compare=False)
    news: Mapping[str, str] = field(default_factory=dict, compare=False)
    draft: Draft | None = field(default=None, compare=False)

    @property
    def rejected(self) -> tuple[Change, ...]:
        """Changes that were not stored."""
        return (*(item.change for item in self.conflicts), *(item.change for item in self.refusals))

    @property
    def is_whole(self) -> bool:
        """Whether every change was stored."""
        return not self.rejected


def to_json(saved: SaveResult) -> list[dict[str, Any]]:
    """Convert a result for `Edit.changes`. Rejected changes keep their reason, so that the answer can be repeated."""
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


def from_edit(edit: Edit) -> SaveResult:
    """Read back the result that an Edit stores."""
    applied, conflicts, refusals = [], [], []
    for item in edit.changes:
        change = Change(item["place"], item["before"], item["after"])
        if "stored" in item:
            time = datetime.fromisoformat(item["at"]) if item["at"] else None
            conflicts.append(CellConflict(change, item["stored"], item["by"], time, item.get("by_id")))
        elif "reason" in item:
            refusals.append(Refusal(change, item["reason"]))
        else:
            applied.append(change)
    return SaveResult(tuple(applied), tuple(conflicts), tuple(refusals), edit.at, edit.pk)


def applied_places(edit: Edit) -> list[str]:
    """List the places that a save changed. Of imports by earlier versions these are whole sections."""
    return [item["place"] for item in edit.changes if not was_rejected(item)]


def was_rejected(item: Mapping[str, Any]) -> bool:
    """Whether a change in `Edit.changes` was not applied, because of a conflict or a refusal."""
    return "stored" in item or "reason" in item


def _data(change: Change) -> dict[str, Any]:
    return {"place": change.place, "before": change.before, "after": change.after}
