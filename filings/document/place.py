"""Addresses of parts of a document, shared by findings, remarks, differences, form fields and grid cells.

Rows are addressed by their lasting key.
"""

import re
from dataclasses import dataclass
from typing import Self

# Keys and columns fit their database columns and contain no characters that a database refuses.
_WRITTEN = re.compile(
    r"(?P<section>[a-z]+)(?:\[(?P<key>[^\[\]\x00-\x1f\x7f\ud800-\udfff]{1,64})\])?(?:\.(?P<column>[A-Za-z0-9_.]{1,20}))?"
)

SECTIONS = ("fields", "amounts", "tasks", "duties", "goals", "indicators", "nodes", "links", "explanations", "table")


@dataclass(frozen=True, order=True)
class Place:
    """`fields[department]`, `amounts[INC.GENERAL]`, `duties[KEY].text`, `indicators[KEY].target`, or a whole section.

    Without a column it is the whole row: `indicators[KEY]`. `nodes[OUT.QTY]` is a class of the edition, `table` the
    whole table. Two sections are not printed: `links[KEY].money`, a manual link (links.py), and `explanations[ID]`, an
    officer's explanation of a finding.
    """

    section: str
    key: str = ""
    column: str = ""

    def __str__(self) -> str:
        key = f"[{self.key}]" if self.key else ""
        return f"{self.section}{key}" + (f".{self.column}" if self.column else "")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the output of `str()`. Raises ValueError for any other text."""
        match = _WRITTEN.fullmatch(text)
        if not match or match["section"] not in SECTIONS or (match["column"] and not match["key"]):
            raise ValueError(f"no place in a table: {text[:80]!r}")
        return cls(match["section"], match["key"] or "", match["column"] or "")


WHOLE_TABLE = Place("table")


def row_of(place: Place) -> Place:
    """Return the place of the row that holds a cell; places outside rows are returned unchanged."""
    return Place(place.section, place.key)


def field(key: str) -> Place:
    """Return the place of a field above, inside or below the table."""
    return Place("fields", key)


def amount(line: str) -> Place:
    """Return the place of a budget line."""
    return Place("amounts", line)


def duty(row: str) -> Place:
    """Return the place of a duty's text."""
    return Place("duties", row, "text")


def goal(number: int = 0) -> Place:
    """Return the place of an overall goal (zero-based)."""
    return Place("goals", str(number))


def indicator(row: str, column: str = "") -> Place:
    """Return the place of an indicator's cell, or of the whole row."""
    return Place("indicators", row, column)


def task(row: str, column: str = "") -> Place:
    """Return the place of a task's cell, or of the whole row."""
    return Place("tasks", row, column)


def explanation(identity: str) -> Place:
    """Return the place of the explanation of a finding, by the finding's identity."""
    return Place("explanations", identity)


def node(key: str) -> Place:
    """Return the place of the label of a first- or second-level indicator."""
    return Place("nodes", key)
