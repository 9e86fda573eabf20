"""The address of one piece of a document.

Findings, remarks, differences, form fields and grid cells all hang on places. Rows are addressed by their lasting key.
"""

import re
from dataclasses import dataclass
from typing import Self

# Keys and columns are short enough to be stored, and hold nothing that a database refuses.
_WRITTEN = re.compile(
    r"(?P<section>[a-z]+)(?:\[(?P<key>[^\[\]\x00-\x1f\x7f\ud800-\udfff]{1,64})\])?(?:\.(?P<column>[A-Za-z0-9_.]{1,20}))?"
)

SECTIONS = ("fields", "amounts", "tasks", "duties", "goals", "indicators", "nodes", "links", "explanations")


@dataclass(frozen=True, order=True)
class Place:
    """`fields[department]`, `amounts[INC.GENERAL]`, `duties[KEY].text`, `indicators[KEY].target`, or a whole section.

    A row without a column is the row itself: `indicators[KEY]`; `nodes[OUT.QTY]` is a class of the form.
    Beside the table: `links[KEY].money`, what a row speaks for (links.py); `explanations[ID]`, what an officer says to
    a finding.
    """

    section: str
    key: str = ""
    column: str = ""

    def __str__(self) -> str:
        key = f"[{self.key}]" if self.key else ""
        return f"{self.section}{key}" + (f".{self.column}" if self.column else "")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The place that `str()` wrote. Raises ValueError for anything else."""
        match = _WRITTEN.fullmatch(text)
        if not match or match["section"] not in SECTIONS or (match["column"] and not match["key"]):
            raise ValueError(f"no place in a table: {text[:80]!r}")
        return cls(match["section"], match["key"] or "", match["column"] or "")


def field(key: str) -> Place:
    """A field of the header or the footer."""
    return Place("fields", key)


def amount(line: str) -> Place:
    """A line of the budget block."""
    return Place("amounts", line)


def duty(row: str) -> Place:
    """The text of one duty."""
    return Place("duties", row, "text")


def goal(number: int = 0) -> Place:
    """One of the overall goals, counted from nought."""
    return Place("goals", str(number))


def indicator(row: str, column: str = "") -> Place:
    """A cell of an indicator's row, or the row itself."""
    return Place("indicators", row, column)


def task(row: str, column: str = "") -> Place:
    """A cell of a task table's line, or the line itself."""
    return Place("tasks", row, column)


def explanation(identity: str) -> Place:
    """What an officer says to a finding, by the finding's identity."""
    return Place("explanations", identity)


def node(key: str) -> Place:
    """A first- or second-level indicator of the form, where its label is printed."""
    return Place("nodes", key)
