"""Where rows stand among each other: found, room made between them, and how many there may be."""

from collections.abc import Sequence

from filings.document import rank
from filings.document.place import Place
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.editing import MOST
from filings.drafts.stored import StoredRow
from filings.errors import StepRefused


class RowGone(StepRefused):
    """A step with a row that someone has removed meanwhile."""

    def __init__(self) -> None:
        super().__init__("这一行已经被删去，没有改动别的内容。")


def check_room(draft: Draft, section: str, new: int) -> None:
    """Raises StepRefused when there is no room for so many new rows."""
    count, most = draft.stored.count(section), MOST[section]
    if count + new > most:
        numbers = {"count": count, "new": new, "most": most}
        raise StepRefused("已有 {count} 行，最多 {most} 行，不能再加 {new} 行。".format(**numbers))


def find(rows: Sequence[StoredRow], at: Place) -> int:
    """The number of a row. Raises RowGone."""
    for number, row in enumerate(rows):
        if row.key == at.key:
            return number
    raise RowGone()


def make_room(section: str, rows: Sequence[StoredRow], number: int, count: int = 1) -> tuple[list[str], list[Change]]:
    """Ranks for so many rows that are to stand before the row of this number, or behind all.

    Two people may have put rows at one rank: those that stand in the way get new ones by the changes.
    """
    low = rows[number - 1].rank if number else ""
    end = number
    while low and end < len(rows) and rank.order(rows[end].rank) <= rank.order(low):
        end += 1
    ranks = rank.spread(low, rows[end].rank if end < len(rows) else "", count + end - number)
    tied = zip(rows[number:end], ranks[count:], strict=True)
    return ranks[:count], [Change(str(Place(section, row.key)), row.rank, new) for row, new in tied]
