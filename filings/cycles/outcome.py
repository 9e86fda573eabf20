"""The outcome of a row of an imported list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class OutcomeKind(StrEnum):
    """Outcome of an import for one row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class FieldChange:
    """A value of a row that differs from the stored one, both as texts for the page."""

    label: str
    before: str
    after: str


def count_kinds(kinds: Iterable[OutcomeKind]) -> dict[OutcomeKind, int]:
    """Count the rows of each kind, including kinds without rows."""
    numbers = Counter(kinds)
    return {kind: numbers[kind] for kind in OutcomeKind}
