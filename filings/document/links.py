"""Manual links from indicator rows to budget lines and duties. They are stored with a draft but are not printed.

A link is a text at `links[ROW].money` or `links[ROW].duties`, by the row's lasting key: the key of a budget line, the
keys of duties separated by spaces, or `NOTHING`. Rows with a blank text are matched automatically.
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
    """Manual links by indicator row key.

    A row that is missing here is matched automatically; '' and () mean that it is linked to nothing.
    """

    money: Mapping[str, str] = field(default_factory=dict)
    duties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Mapping[Place, str]) -> Self:
        """Read the links from the cells of a draft; places of other sections are ignored."""
        links = {place: text.strip() for place, text in texts.items() if place.section == SECTION and text.strip()}
        return cls(
            money={place.key: _keys(text) for place, text in links.items() if place.column == "money"},
            duties={place.key: tuple(_keys(text).split()) for place, text in links.items() if place.column == "duties"},
        )

    @classmethod
    def from_data(cls, data: Mapping[str, Mapping[str, str]]) -> Self:
        """Restore links from the output of `to_data`."""
        return cls.of({link(row, column): text for row, texts in data.items() for column, text in texts.items()})

    def to_data(self) -> dict[str, dict[str, str]]:
        """Convert to texts by row key and column, for JSON."""
        data: dict[str, dict[str, str]] = {}
        for row, line in self.money.items():
            data.setdefault(row, {})["money"] = line or NOTHING
        for row, keys in self.duties.items():
            data.setdefault(row, {})["duties"] = " ".join(keys) or NOTHING
        return data


def link(row: str, column: str) -> Place:
    """Return the place of a row's link; `column` is one of `COLUMNS`."""
    return Place(SECTION, row, column)


def _keys(text: str) -> str:
    return "" if text == NOTHING else text
