"""Editions: the official form of one year and place, as data. Labels are printed exactly as given.

`edition_json` reads editions, `edition_validation` checks them.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from filings.choices import Side
from filings.document.labels import match_key

# Optional columns of the indicator table.
FURTHER_COLUMNS = ("weight", "last_value", "explanation", "scoring", "note")


class EditionError(ValueError):
    """Raised by `edition_json` and `edition_validation` for unusable edition data; the message is the reason.

    The administration pages and the command `load_editions` catch it and show the reason.
    """


@dataclass(frozen=True)
class Field:
    """A field above or below the table: 填报单位：（盖章）. `stamp` is the printed mark that the seal covers."""

    key: str
    label: str
    stamp: str = ""


@dataclass(frozen=True)
class AmountLine:
    """A line of the budget block."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Split:
    """A breakdown of the total: its heading, the text before its first line, and the lines that add up to the total."""

    side: Side
    label: str
    lead: str
    lines: tuple[AmountLine, ...]


@dataclass(frozen=True)
class Node:
    """A first- or second-level indicator.

    `canonical` identifies its meaning across editions and may occur more than once within one.
    """

    key: str
    canonical: str
    label: str
    aliases: tuple[str, ...] = ()
    required: bool = True
    children: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of the indicator table or the task table; `span` is the number of grid columns it covers.

    If an edition has `comparator` and `unit` around `target`, a target value is printed in three columns.
    """

    key: str
    label: str
    span: int = 1


@dataclass(frozen=True)
class Section:
    """A part of the table with a label at its left; `kind` is one of `edition_validation.KINDS`.

    `words` is the text printed in an opinion box, which is filled in on paper.
    """

    kind: str
    label: str
    key: str = ""
    words: str = ""


@dataclass(frozen=True)
class Edition:
    """A complete form.

    `title` contains `{year}`; `widths` are the widths of the grid's columns in per cent of the table. `rules` maps rule
    codes to severities, `limits` overrides the default limits of rules, and `explained` lists the rules whose warnings
    require an explanation.
    """

    code: str
    version: int
    name: str
    title: str
    unit: str
    decimals: int
    header: tuple[Field, ...]
    sections: tuple[Section, ...]
    total: AmountLine
    splits: tuple[Split, ...]
    columns: tuple[Column, ...]
    tree: tuple[Node, ...]
    footer: tuple[Field, ...]
    widths: tuple[int, ...]
    rules: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)
    explained: tuple[str, ...] = ()
    notes: str = ""
    task_columns: tuple[Column, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return the data that `edition_json.from_data` reads.

        Parts unknown to older editions are omitted while empty, so that an edition's hash stays the same.
        """
        data = asdict(self)
        if not data["task_columns"]:
            del data["task_columns"]
        for section in data["sections"]:
            if not section["words"]:
                del section["words"]
        return data

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the data as JSON with sorted keys and without spaces; identifies the edition."""
        text = json.dumps(self.to_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()

    def title_for(self, year: int | None) -> str:
        """Return the printed title for a year."""
        return self.title.replace("{year}", str(year) if year else "")

    @property
    def further_columns(self) -> tuple[Column, ...]:
        """Optional columns of the indicator table: weight, note …"""
        return tuple(column for column in self.columns if column.key in FURTHER_COLUMNS)

    @property
    def has_comparator_column(self) -> bool:
        """Whether target values are printed in three columns: comparator, number, unit."""
        return any(column.key == "comparator" for column in self.columns)

    def has(self, kind: str) -> bool:
        """Whether there is a section of this kind."""
        return any(section.kind == kind for section in self.sections)

    @property
    def has_stamp(self) -> bool:
        """Whether a field above or below the table has a stamp （盖章） for the department's seal."""
        return any(item.stamp for item in (*self.header, *self.footer))

    @property
    def lines(self) -> tuple[AmountLine, ...]:
        """The total and the lines of both splits, in printed order."""
        return (self.total, *(line for split in self.splits for line in split.lines))

    @property
    def field_keys(self) -> tuple[str, ...]:
        """Keys of all fields: above, inside and below the table."""
        inside = (section.key for section in self.sections if section.kind == "field")
        return (*(item.key for item in self.header), *inside, *(item.key for item in self.footer))

    def leaves(self) -> Iterator[tuple[Node, Node]]:
        """Yield (first level, second level) in printed order."""
        for first in self.tree:
            for second in first.children:
                yield first, second

    @cached_property
    def _positions(self) -> dict[str, tuple[int, Node, Node]]:
        return {second.key: (index, first, second) for index, (first, second) in enumerate(self.leaves())}

    def levels(self, key: str) -> tuple[Node, Node] | None:
        """Return the first and second level of a second-level key, None if the edition has no such node."""
        entry = self._positions.get(key)
        return (entry[1], entry[2]) if entry else None

    def position(self, key: str | None) -> int:
        """Return the zero-based position of a second-level node in printed order; unknown keys sort last."""
        entry = self._positions.get(key or "")
        return entry[0] if entry else len(self._positions)

    @cached_property
    def _by_label(self) -> dict[tuple[str, str], str]:
        return {
            (match_key(first_label), match_key(second_label)): second.key
            for first, second in self.leaves()
            for first_label in (first.label, *first.aliases)
            for second_label in (second.label, *second.aliases)
        }

    def classify(self, first_level: str, second_level: str) -> str | None:
        """Find the second-level key for a pair of labels or aliases; None if there is no match."""
        return self._by_label.get((match_key(first_level), match_key(second_level)))

    def is_first_level(self, label: str) -> bool:
        """Whether a label or alias names a first-level indicator of this edition."""
        return any(match_key(label) == match_key(name) for node in self.tree for name in (node.label, *node.aliases))

    def is_second_level(self, label: str) -> bool:
        """Whether a label or alias names a second-level indicator of this edition."""
        wanted = match_key(label)
        return any(wanted == match_key(name) for _, node in self.leaves() for name in (node.label, *node.aliases))
