"""An edition: the form of a year and a place, as data. Labels are printed exactly as they stand here.

One edition is one JSON file in `fixtures/editions/`; this module reads and writes that shape.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from filings.choices import Side
from filings.document.labels import match_key

# Columns of the indicators besides classes, name and target value.
FURTHER_COLUMNS = ("weight", "last_value", "explanation", "scoring", "note")


class EditionError(ValueError):
    """An edition's data that cannot be used, with the reason."""


@dataclass(frozen=True)
class Field:
    """A line above or below the table: 填报单位：（盖章）. `stamp` is the printed mark that a seal covers."""

    key: str
    label: str
    stamp: str = ""


@dataclass(frozen=True)
class AmountLine:
    """One line of the budget block."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Split:
    """One way to split the total: heading, the words before its first line, the lines, which add up to the total."""

    side: Side
    label: str
    lead: str
    lines: tuple[AmountLine, ...]


@dataclass(frozen=True)
class Node:
    """A first- or second-level indicator. `canonical` compares across forms and years and may repeat within one."""

    key: str
    canonical: str
    label: str
    aliases: tuple[str, ...] = ()
    required: bool = True
    children: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of the indicators or of the tasks; `span` is how many of the grid's columns it covers.

    Where a form has `comparator` and `unit` around its `target`, one target value is printed in three columns.
    """

    key: str
    label: str
    span: int = 1


@dataclass(frozen=True)
class Section:
    """A part of the table, beginning with a label at its left; its kind is one of `well_formed.KINDS`.

    `words` are printed in a box of opinions, which is filled in on paper.
    """

    kind: str
    label: str
    key: str = ""
    words: str = ""


@dataclass(frozen=True)
class Edition:
    """The whole form. `title` holds `{year}`; `widths` are the grid's columns in per cent of the table's width.

    `rules` gives each rule's severity by its code, `limits` the number of those that have one (otherwise the rule's
    own), `explained` names the rules whose findings ask for an explanation.
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
        """The form's identity: hash of its data, keys sorted, without spaces."""
        text = json.dumps(self.to_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()

    def title_for(self, year: int | None) -> str:
        """The printed title of a year's table."""
        return self.title.replace("{year}", str(year) if year else "")

    @property
    def further_columns(self) -> tuple[Column, ...]:
        """Columns of the indicators besides classes, name and target value: weight, note …"""
        return tuple(column for column in self.columns if column.key in FURTHER_COLUMNS)

    @property
    def parts_targets(self) -> bool:
        """Whether a target value is printed in three columns: comparator, number, unit."""
        return any(column.key == "comparator" for column in self.columns)

    def has(self, kind: str) -> bool:
        """Whether the form has a section of a kind."""
        return any(section.kind == kind for section in self.sections)

    @property
    def lines(self) -> tuple[AmountLine, ...]:
        """The total and every line of both splits, in printed order."""
        return (self.total, *(line for split in self.splits for line in split.lines))

    @property
    def field_keys(self) -> tuple[str, ...]:
        """Keys of everything written as a field: above, inside and below the table."""
        inside = (section.key for section in self.sections if section.kind == "field")
        return (*(item.key for item in self.header), *inside, *(item.key for item in self.footer))

    def leaves(self) -> Iterator[tuple[Node, Node]]:
        """(first level, second level) in printed order."""
        for first in self.tree:
            for second in first.children:
                yield first, second

    @cached_property
    def _places_in_tree(self) -> dict[str, tuple[int, Node, Node]]:
        return {second.key: (at, first, second) for at, (first, second) in enumerate(self.leaves())}

    def levels(self, key: str) -> tuple[Node, Node] | None:
        """The first and second level of a node's key, None when this form has no such node."""
        found = self._places_in_tree.get(key)
        return (found[1], found[2]) if found else None

    def position(self, key: str | None) -> int:
        """Where a node stands in printed order; what belongs to no node comes after all."""
        found = self._places_in_tree.get(key or "")
        return found[0] if found else len(self._places_in_tree)

    @cached_property
    def _by_label(self) -> dict[tuple[str, str], str]:
        return {
            (match_key(first_label), match_key(second_label)): second.key
            for first, second in self.leaves()
            for first_label in (first.label, *first.aliases)
            for second_label in (second.label, *second.aliases)
        }

    def classify(self, first_level: str, second_level: str) -> str | None:
        """The key of the node that these two labels mean, None when they mean none of this form."""
        return self._by_label.get((match_key(first_level), match_key(second_level)))

    def is_first_level(self, label: str) -> bool:
        """Whether a label is one of this form's first-level indicators, by its words or an alias."""
        return any(match_key(label) == match_key(name) for node in self.tree for name in (node.label, *node.aliases))

    def is_second_level(self, label: str) -> bool:
        """Whether a label is one of this form's second-level indicators, by its words or an alias."""
        wanted = match_key(label)
        return any(wanted == match_key(name) for _, node in self.leaves() for name in (node.label, *node.aliases))
