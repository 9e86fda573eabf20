"""The budget block as a form: an amount for each line of the edition, validated against the total."""

from typing import Any

from django.http import QueryDict

from filings.document import place
from filings.document.edition import Edition
from filings.document.place import Place
from filings.forms.cells import CellForm, cell
from filings.rules.money.budget import SplitSum, describe_gap, name_of, split_sums


class BudgetForm(CellForm):
    """Amounts that are valid if every split adds up to the total. Invalid ones are saved, but stop submission."""

    def __init__(
        self, edition: Edition, data: QueryDict | None = None, *, initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, prefix="amounts", initial=initial)
        self.edition = edition
        for line in edition.lines:
            self.fields[line.key] = cell(name_of(line))

    def place_of(self, name: str) -> Place:
        return place.amount(name)

    def clean(self) -> dict[str, Any]:
        """Add an error for each split with a difference to the total or an unreadable amount."""
        typed: dict[str, Any] = super().clean() or {}
        for added in split_sums(typed, self.edition):
            if message := "".join(describe_gap(added)) or _unreadable_message(added):
                self.add_error(None, message)
        return typed


def _unreadable_message(added: SplitSum) -> str:
    if not added.unreadable:
        return ""
    names = "、".join(name_of(line) for line in added.unreadable)
    return f"{names}无法识别金额，不能核对{name_of(added.split)}的合计。请只填数字。"
