"""Recognises which rows add up to which amounts, from the surest sign to the weakest: amounts first, then names.

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

# Sums of more rows than these are not searched through: they would take long, and meet any line by accident.
_MOST_SEARCHED = 10


@dataclass
class Search:
    """What is assigned so far: rows by line, what each line still lacks, and the rows that are free."""

    lines: tuple[tuple[AmountLine, Decimal], ...]
    free: list[ParsedIndicator]
    rows: dict[str, list[ParsedIndicator]] = field(default_factory=dict)

    def lacks(self, line: AmountLine, value: Decimal) -> Decimal:
        return value - amount_of(self.rows.get(line.key, ()))

    def assign(self, line: AmountLine, rows: Iterable[ParsedIndicator]) -> None:
        taken = list(rows)
        keys = {row.key for row in taken}
        self.rows.setdefault(line.key, []).extend(taken)
        self.free = [row for row in self.free if row.key not in keys]


_Finder = Callable[[Search, AmountLine, Decimal], Sequence[ParsedIndicator]]


def recognise(search: Search) -> None:
    """Assigns the free rows that speak for a line; what one line takes may leave exactly the rest for another."""
    for find in (_all_alike, _one, _all, _some, _by_name):
        for line, value in search.lines:
            lacking = search.lacks(line, value)
            if search.free and lacking > TOLERANCE:
                search.assign(line, find(search, line, lacking))


def _all_alike(search: Search, line: AmountLine, lacking: Decimal) -> Sequence[ParsedIndicator]:
    """All rows whose names speak for the line."""
    rows = [row for row in search.free if _agrees(row, line)]
    return rows if meets(amount_of(rows), lacking) else ()


def _one(search: Search, line: AmountLine, lacking: Decimal) -> Sequence[ParsedIndicator]:
    """A single row; one that would fit another line as well only when its name speaks for this one."""
    rows = [row for row in search.free if meets(amount_of([row]), lacking)]
    agreeing = [row for row in rows if _agrees(row, line)]
    if agreeing or _another_lacks(search, line, lacking):
        return agreeing[:1]
    return sorted(rows, key=lambda row: _contradicts(row, line))[:1]


def _all(search: Search, line: AmountLine, lacking: Decimal) -> Sequence[ParsedIndicator]:
    """All rows that are left."""
    is_met = meets(amount_of(search.free), lacking) and not _another_lacks(search, line, lacking)
    return search.free if is_met else ()


def _some(search: Search, line: AmountLine, lacking: Decimal) -> Sequence[ParsedIndicator]:
    """A few rows out of few, those whose names speak for the line before those whose names say nothing."""
    fitting = [row for row in search.free if not _contradicts(row, line) and amount_of([row]) <= lacking + TOLERANCE]
    agreeing = [row for row in fitting if _agrees(row, line)]
    return _few(agreeing, lacking) or (() if _another_lacks(search, line, lacking) else _few(fitting, lacking))


def _by_name(search: Search, line: AmountLine, lacking: Decimal) -> Sequence[ParsedIndicator]:
    """Rows whose names speak for this line and for no other one."""
    alike = [other for other, _ in search.lines if kind_of_line(other) == kind_of_line(line)]
    return [row for row in search.free if _agrees(row, line)] if len(alike) == 1 else ()


def _another_lacks(search: Search, line: AmountLine, lacking: Decimal) -> bool:
    """Whether another line lacks as much, so that an amount does not say for which of them it is."""
    return any(meets(search.lacks(*other), lacking) for other in search.lines if other[0] is not line)


def _few(rows: Sequence[ParsedIndicator], lacking: Decimal) -> Sequence[ParsedIndicator]:
    """The smallest set of rows that adds up, none when there are two such sets: then amounts do not decide."""
    if len(rows) > _MOST_SEARCHED:
        return ()
    fen = [int(amount_of([row]) * money.FEN_IN_WAN) for row in rows]
    low, high = ((lacking + slack) * money.FEN_IN_WAN for slack in (-TOLERANCE, TOLERANCE))
    least, most = ceil(low), floor(high)
    for size in range(2, len(rows) + 1):
        met = [found for found in combinations(range(len(rows)), size) if least <= sum(fen[at] for at in found) <= most]
        if met:
            return [rows[at] for at in met[0]] if len(met) == 1 else ()
    return ()


def _agrees(row: ParsedIndicator, line: AmountLine) -> bool:
    kind = kind_of_line(line)
    return kind is not None and kind_of_name(row) is kind


def _contradicts(row: ParsedIndicator, line: AmountLine) -> bool:
    kinds = (kind_of_line(line), kind_of_name(row))
    return None not in kinds and kinds[0] is not kinds[1]


def lasting_order(row: ParsedIndicator) -> tuple[Decimal, str, str]:
    """An order that does not depend on where rows stand in the table."""
    return -amount_of([row]), row.compared, row.key


def amount_of(rows: Iterable[ParsedIndicator]) -> Decimal:
    """The sum of the rows' amounts in 万元; a row that is no amount counts 0."""
    return sum((row.amount for row in rows if row.amount is not None), Decimal(0))


def meets(found: Decimal, wanted: Decimal) -> bool:
    """Whether two amounts in 万元 are the same within the tolerance of sums."""
    return abs(found - wanted) <= TOLERANCE
