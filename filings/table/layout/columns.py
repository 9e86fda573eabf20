"""Grid positions of the columns of the indicator and task sections."""

from collections.abc import Sequence
from itertools import accumulate

from filings.document.edition import Column

# First grid column and number of grid columns; column 0 is the section's label.
Span = tuple[int, int]


def spans_of(columns: Sequence[Column]) -> list[Span]:
    """Compute the span of each column, from left to right, starting after the section's label."""
    widths = [column.span for column in columns]
    return list(zip(accumulate(widths[:-1], initial=1), widths, strict=True)) if widths else []


def with_whole_targets(columns: Sequence[Column]) -> list[Column]:
    """Merge the comparator, number and unit columns into one whose heading joins theirs with ／."""
    parts = [column for column in columns if column.key in ("comparator", "target", "unit")]
    label = "／".join("".join(column.label.split()) for column in parts)
    whole = Column("target", label if len(parts) > 1 else parts[0].label, sum(column.span for column in parts))
    return [whole if column is parts[0] else column for column in columns if column not in parts[1:]]
