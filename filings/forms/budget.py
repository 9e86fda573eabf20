"""The budget block as a form: an amount for each line of the edition, and the validation that both splits add up."""

from typing import Any

from django.http import QueryDict

from filings.document import place
from filings.document.edition import Edition
from filings.document.place import Place
from filings.forms.cells import CellForm, cell
from filings.rules.money.budget import (
    SplitSum,
    gap_message,
    name_of,
    split_sums,
)


class BudgetForm(CellForm):
    """Valid when every split adds up to the total. An invalid one is saved all the same: it only stops submission."""

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
        """Each gap with its size and direction, and each split that holds an amount nobody can read."""
        typed: dict[str, Any] = super().clean() or {}
        for added in split_sums(typed, self.edition):
            if words := gap_message(added) or _unreadable_in_words(added):
                self.add_error(None, words)
        return typed


def _unreadable_in_words(added: SplitSum) -> str:
    if not added.unreadable:
        return ""
    names = "、".join(name_of(line) for line in added.unreadable)
    return f"{names}读不出金额，不能核对{name_of(added.split)}的合计。请只填数字。"
