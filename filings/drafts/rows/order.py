"""Find rows, rank new ones between others, and enforce the limits on their number."""

from collections.abc import Sequence

from filings.document import rank
from filings.document.place import Place
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.editor import MOST
from filings.drafts.stored_draft import StoredRow
from filings.errors import StepRefused


class RowGone(StepRefused):
    """The row has been removed by another user."""

    def __init__(self) -> None:
        super().__init__("这一行已经被删去，没有改动别的内容。")


def check_row_limit(draft: Draft, section: str, new: int) -> None:
    """Raise StepRefused if `new` more rows would exceed the limit of the section."""
    count, most = draft.stored.count(section), MOST[section]
    if count + new > most:
        raise StepRefused(f"已有 {count} 行，最多 {most} 行，不能再加 {new} 行。")


def find(rows: Sequence[StoredRow], place: Place) -> int:
    """Return the index of a row. Raises RowGone."""
    for index, row in enumerate(rows):
        if row.key == place.key:
            return index
    raise RowGone()


def ranks_before(section: str, rows: Sequence[StoredRow], index: int, count: int = 1) -> tuple[list[str], list[Change]]:
    """Return `count` ranks before the row at `index`, or after all, and changes of other rows that make them free.

    Users may have given several rows the same rank: those that follow get new ranks.
    """
    low = rows[index - 1].rank if index else ""
    end = index
    while low and end < len(rows) and rank.order(rows[end].rank) <= rank.order(low):
        end += 1
    ranks = rank.spread(low, rows[end].rank if end < len(rows) else "", count + end - index)
    tied = zip(rows[index:end], ranks[count:], strict=True)
    return ranks[:count], [Change(str(Place(section, row.key)), row.rank, new) for row, new in tied]
