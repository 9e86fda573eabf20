"""Automatic assignment of cost rows to budget lines, from the strongest evidence to the weakest: amounts, then names.

All amounts are in 万元.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from math import ceil, floor

from filings.document import money
from filings.document.edition import AmountLine
from filings.rules.money.budget import TOLERANCE
from filings.rules.money.spending import kind_of_line, kind_of_name
from filings.rules.rows import ParsedIndicator

# Sums of more rows are not searched: it would take long, and some sum would match any line by accident.
_MOST_SEARCHED = 10


@dataclass
class RowAssignment:
    """State of the assignment: lines with their amounts, rows assigned by line key, and free rows."""

    lines: tuple[tuple[AmountLine, Decimal], ...]
    free: list[ParsedIndicator]
    rows: dict[str, list[ParsedIndicator]] = field(default_factory=dict)

    def remaining(self, line: AmountLine, value: Decimal) -> Decimal:
        """Return the part of a line's amount that no assigned row covers yet."""
        return value - amount_of(self.rows.get(line.key, ()))

    def assign(self, line: AmountLine, rows: Iterable[ParsedIndicator]) -> None:
        """Assign rows to a line and remove them from the free ones."""
        taken = list(rows)
        keys = {row.key for row in taken}
        self.rows.setdefault(line.key, []).extend(taken)
        self.free = [row for row in self.free if row.key not in keys]


_Finder = Callable[[RowAssignment, AmountLine, Decimal], Sequence[ParsedIndicator]]


def assign_free_rows(assignment: RowAssignment) -> None:
    """Assign free rows to lines.

    Each step runs over all lines before the next one, because rows that one line takes may leave an exact match for
    another.
    """
    for find in (_all_agreeing, _single, _all_free, _subset, _by_name):
        for line, value in assignment.lines:
            lacking = assignment.remaining(line, value)
            if assignment.free and lacking > TOLERANCE:
                assignment.assign(line, find(assignment, line, lacking))


def _all_agreeing(assignment: RowAssignment, line: AmountLine, lacking: Decimal) -> Sequence[ParsedIndicator]:
    """All rows whose names agree with the line."""
    rows = [row for row in assignment.free if _agrees(row, line)]
    return rows if meets(amount_of(rows), lacking) else ()


def _single(assignment: RowAssignment, line: AmountLine, lacking: Decimal) -> Sequence[ParsedIndicator]:
    """A single row; if its amount would fit another line as well, only if its name agrees with this one."""
    rows = [row for row in assignment.free if meets(amount_of([row]), lacking)]
    agreeing = [row for row in rows if _agrees(row, line)]
    if agreeing or _another_lacks(assignment, line, lacking):
        return agreeing[:1]
    return sorted(rows, key=lambda row: _contradicts(row, line))[:1]


def _all_free(assignment: RowAssignment, line: AmountLine, lacking: Decimal) -> Sequence[ParsedIndicator]:
    """All free rows."""
    is_met = meets(amount_of(assignment.free), lacking) and not _another_lacks(assignment, line, lacking)
    return assignment.free if is_met else ()


def _subset(assignment: RowAssignment, line: AmountLine, lacking: Decimal) -> Sequence[ParsedIndicator]:
    """Several of at most ten rows: those whose names agree with the line, otherwise those that do not contradict it."""
    fitting = [
        row for row in assignment.free if not _contradicts(row, line) and amount_of([row]) <= lacking + TOLERANCE
    ]
    agreeing = [row for row in fitting if _agrees(row, line)]
    return _smallest_subset(agreeing, lacking) or (
        () if _another_lacks(assignment, line, lacking) else _smallest_subset(fitting, lacking)
    )


def _by_name(assignment: RowAssignment, line: AmountLine, lacking: Decimal) -> Sequence[ParsedIndicator]:
    """Rows whose names agree with this line and no other one."""
    alike = [other for other, _ in assignment.lines if kind_of_line(other) == kind_of_line(line)]
    return [row for row in assignment.free if _agrees(row, line)] if len(alike) == 1 else ()


def _another_lacks(assignment: RowAssignment, line: AmountLine, lacking: Decimal) -> bool:
    """Whether another line lacks the same amount, so that an amount alone is ambiguous."""
    return any(meets(assignment.remaining(*other), lacking) for other in assignment.lines if other[0] is not line)


def _smallest_subset(rows: Sequence[ParsedIndicator], lacking: Decimal) -> Sequence[ParsedIndicator]:
    """Return the smallest set of rows that adds up, none if there are two of that size: amounts are then ambiguous."""
    if len(rows) > _MOST_SEARCHED:
        return ()
    fen = [int(amount_of([row]) * money.FEN_IN_WAN) for row in rows]
    low, high = ((lacking + slack) * money.FEN_IN_WAN for slack in (-TOLERANCE, TOLERANCE))
    least, most = ceil(low), floor(high)
    for size in range(2, len(rows) + 1):
        subsets = combinations(range(len(rows)), size)
        matches = [subset for subset in subsets if least <= sum(fen[index] for index in subset) <= most]
        if matches:
            return [rows[index] for index in matches[0]] if len(matches) == 1 else ()
    return ()


def _agrees(row: ParsedIndicator, line: AmountLine) -> bool:
    kind = kind_of_line(line)
    return kind is not None and kind_of_name(row) is kind


def _contradicts(row: ParsedIndicator, line: AmountLine) -> bool:
    kinds = (kind_of_line(line), kind_of_name(row))
    return None not in kinds and kinds[0] is not kinds[1]


def stable_order(row: ParsedIndicator) -> tuple[Decimal, str, str]:
    """Sort key that does not depend on the order of the table."""
    return -amount_of([row]), row.comparable_name, row.key


def amount_of(rows: Iterable[ParsedIndicator]) -> Decimal:
    """Return the sum of the rows' amounts in 万元; a row without an amount counts as 0."""
    return sum((row.amount for row in rows if row.amount is not None), Decimal(0))


def meets(amount: Decimal, expected: Decimal) -> bool:
    """Whether two amounts in 万元 are equal within the tolerance of sums."""
    return abs(amount - expected) <= TOLERANCE
