"""Where the columns of the indicators and of the tasks stand in the grid."""

from collections.abc import Sequence
from itertools import accumulate

from filings.document.edition import Column

# First grid column and number of grid columns; column nought is the section's label.
Span = tuple[int, int]


def spans_of(columns: Sequence[Column]) -> list[Span]:
    """The span of each of the columns that stand beside one another, from the section's label on."""
    widths = [column.span for column in columns]
    return list(zip(accumulate(widths[:-1], initial=1), widths, strict=True)) if widths else []


def with_whole_targets(columns: Sequence[Column]) -> list[Column]:
    """The same columns with comparator, number and unit as one, under all their heads."""
    parts = [column for column in columns if column.key in ("comparator", "target", "unit")]
    label = "／".join("".join(column.label.split()) for column in parts)
    whole = Column("target", label if len(parts) > 1 else parts[0].label, sum(column.span for column in parts))
    return [whole if column is parts[0] else column for column in columns if column not in parts[1:]]
