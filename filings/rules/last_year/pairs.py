"""Which row of last year's table is which of this year's."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from filings.rules.rows import ParsedIndicator

_OF_A_YEAR = re.compile(r"20\d\d年?度?")


@dataclass(frozen=True)
class RowPair:
    """The same indicator, this year and last."""

    now: ParsedIndicator
    before: ParsedIndicator


@dataclass(frozen=True)
class Pairing:
    """`pairs` in the order of this year's table; in that of last year's `renamed`, those of them whose names differ,
    and `dropped`, the rows that nothing stands for."""

    pairs: tuple[RowPair, ...]
    renamed: tuple[RowPair, ...]
    dropped: tuple[ParsedIndicator, ...]


def pairing(now: Sequence[ParsedIndicator], before: Sequence[ParsedIndicator]) -> Pairing:
    """Rows are matched by lasting key and name, then by class and name, then by key within a class, then by name.

    The key alone is not enough: a table that was typed anew may use last year's keys for other rows.
    """
    left_now, left_before = _named(now), _named(before)
    found: list[RowPair] = []
    marks: tuple[Callable[[ParsedIndicator], Hashable], ...] = (
        lambda row: (row.key, _name(row)),
        lambda row: (row.canonical, _name(row)),
        lambda row: (row.key, row.canonical),
        _name,
    )
    for mark in marks:
        found += _matched(left_now, left_before, mark)
    pairs = tuple(sorted(found, key=lambda pair: pair.now.at))
    renamed = [pair for pair in pairs if _name(pair.now) != _name(pair.before)]
    return Pairing(
        pairs,
        tuple(sorted(renamed, key=lambda pair: pair.before.at)),
        tuple(sorted(left_before.values(), key=lambda row: row.at)),
    )


def _named(rows: Sequence[ParsedIndicator]) -> dict[int, ParsedIndicator]:
    """By identity, in the order of their keys, so that the order of the table decides nothing."""
    return {id(row): row for row in sorted(rows, key=lambda row: row.key) if row.name}


def _matched(
    left_now: dict[int, ParsedIndicator],
    left_before: dict[int, ParsedIndicator],
    mark: Callable[[ParsedIndicator], Hashable],
) -> list[RowPair]:
    """Takes what it matches out of both; of several alike, the first goes with the first."""
    waiting: dict[Hashable, list[ParsedIndicator]] = {}
    for row in reversed(left_before.values()):
        waiting.setdefault(mark(row), []).append(row)
    found = [RowPair(row, alike.pop()) for row in left_now.values() if (alike := waiting.get(mark(row)))]
    for pair in found:
        del left_now[id(pair.now)], left_before[id(pair.before)]
    return found


def _name(row: ParsedIndicator) -> str:
    return _OF_A_YEAR.sub("", row.compared)
