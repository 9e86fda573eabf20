"""Filings selected in a list, each with the lock that the list showed."""

from collections.abc import Iterable
from dataclasses import dataclass

from filings.errors import StepRefused
from filings.models.keys import parse_key

MOST = 200


@dataclass(frozen=True)
class Selected:
    """A selected filing as the user saw it. `str()` gives what a page posts for it."""

    filing_id: int
    lock: int

    def __str__(self) -> str:
        return f"{self.filing_id}:{self.lock}"


def parse(posted: Iterable[str]) -> tuple[Selected, ...]:
    """Parse what a list posted, each filing once. Raises StepRefused for none, too many, or damaged ones."""
    selected: dict[int, Selected] = {}
    for text in posted:
        key, _, lock = map(parse_key, text.partition(":"))
        if key is None or lock is None:
            raise StepRefused("选中的内容不完整，请回到审核队列重新选择。")
        selected.setdefault(key, Selected(key, lock))
    if not selected:
        raise StepRefused("没有选中申报表。请先在审核队列中勾选。")
    if len(selected) > MOST:
        raise StepRefused(f"一次最多办理 {MOST} 份，选中了 {len(selected)} 份。请加上筛选条件，分几次办理。")
    return tuple(selected.values())
