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


def enough(rows: Sequence[object], most: int) -> None:
    """Raises StepRefused when there is no room for one more row."""
    if len(rows) >= most:
        raise StepRefused(_("已有 %(count)s 行，最多 %(most)s 行，不能再加。") % {"count": len(rows), "most": most})
