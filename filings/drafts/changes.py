"""What a step with a row leaves in its Edit, and why such a step is not taken."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from filings.document.place import Place
from filings.refusals import StepRefused

Changes = list[dict[str, Any]]


class RowGone(StepRefused):
    """A step with a row that someone has removed meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("这一行已经被删去，没有改动别的内容。"))


def change(at: Place, before: str, after: str) -> dict[str, Any]:
    return {"place": str(at), "before": before, "after": after}


def check_room(rows: Sequence[object], new: int, most: int) -> None:
    """Raises StepRefused when there is no room for so many new rows."""
    if len(rows) + new > most:
        numbers = {"count": len(rows), "new": new, "most": most}
        raise StepRefused(_("已有 %(count)s 行，最多 %(most)s 行，不能再加 %(new)s 行。") % numbers)
