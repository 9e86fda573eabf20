"""What rows of the table were set by hand to speak for: a line of money, duties. It stands beside the table, not in it.

Texts at `links[ROW].money` and `links[ROW].duties`, by the row's lasting key: a budget line's key, the keys of duties
with a space between, or `NOTHING`; a blank one leaves it to be recognised.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from filings.document.place import Place

SECTION = "links"
COLUMNS = ("money", "duties")
NOTHING = "-"


@dataclass(frozen=True)
class Links:
    """By the keys of indicators' rows. A row that is not here is left to be recognised; '' and () say that it serves
    nothing."""

    money: Mapping[str, str] = field(default_factory=dict)
    duties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Mapping[Place, str]) -> Self:
        """Out of the texts of a draft's cells; other places are passed over."""
        set_by_hand = {at: text.strip() for at, text in texts.items() if at.section == SECTION and text.strip()}
        return cls(
            money={at.key: _keys(text) for at, text in set_by_hand.items() if at.column == "money"},
            duties={at.key: tuple(_keys(text).split()) for at, text in set_by_hand.items() if at.column == "duties"},
        )

    @classmethod
    def from_data(cls, data: Mapping[str, Mapping[str, str]]) -> Self:
        """What `to_data` gave."""
        return cls.of({link(row, column): text for row, texts in data.items() for column, text in texts.items()})

    def to_data(self) -> dict[str, dict[str, str]]:
        """Texts by row and column, for JSON."""
        data: dict[str, dict[str, str]] = {}
        for row, line in self.money.items():
            data.setdefault(row, {})["money"] = line or NOTHING
        for row, keys in self.duties.items():
            data.setdefault(row, {})["duties"] = " ".join(keys) or NOTHING
        return data


def link(row: str, column: str) -> Place:
    """Where it is written what a row speaks for."""
    return Place(SECTION, row, column)


def _keys(text: str) -> str:
    return "" if text == NOTHING else text
