"""Pairing of this year's rows with those of last year."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from filings.rules.rows import ParsedIndicator

_OF_A_YEAR = re.compile(r"20\d\d年?度?")


@dataclass(frozen=True)
class RowPair:
    """An indicator of this year and the same one of last year."""

    now: ParsedIndicator
    before: ParsedIndicator


@dataclass(frozen=True)
class Pairing:
    """Result of `pair_rows`.

    `pairs` are in the order of this year's table. `renamed` (the pairs whose names differ) and `dropped` (rows without
    a counterpart this year) are in the order of last year's table.
    """

    pairs: tuple[RowPair, ...]
    renamed: tuple[RowPair, ...]
    dropped: tuple[ParsedIndicator, ...]


def pair_rows(now: Sequence[ParsedIndicator], before: Sequence[ParsedIndicator]) -> Pairing:
    """Pair rows by lasting key and name, then by class and name, then by key within a class, then by name.

    The key alone is not enough: a table that was typed again may use last year's keys for other rows.
    """
    unpaired_now, unpaired_before = _named(now), _named(before)
    pairs: list[RowPair] = []
    criteria: tuple[Callable[[ParsedIndicator], Hashable], ...] = (
        lambda row: (row.key, _name(row)),
        lambda row: (row.canonical, _name(row)),
        lambda row: (row.key, row.canonical),
        _name,
    )
    for criterion in criteria:
        pairs += _matched(unpaired_now, unpaired_before, criterion)
    pairs.sort(key=lambda pair: pair.now.position)
    renamed = [pair for pair in pairs if _name(pair.now) != _name(pair.before)]
    return Pairing(
        tuple(pairs),
        tuple(sorted(renamed, key=lambda pair: pair.before.position)),
        tuple(sorted(unpaired_before.values(), key=lambda row: row.position)),
    )


def _named(rows: Sequence[ParsedIndicator]) -> dict[int, ParsedIndicator]:
    """Return rows with names by object id, sorted by key, so that pairing does not depend on the order of the table."""
    return {id(row): row for row in sorted(rows, key=lambda row: row.key) if row.name}


def _matched(
    unpaired_now: dict[int, ParsedIndicator],
    unpaired_before: dict[int, ParsedIndicator],
    criterion: Callable[[ParsedIndicator], Hashable],
) -> list[RowPair]:
    """Pair rows with equal criteria in order, and remove them from both dictionaries."""
    waiting: dict[Hashable, list[ParsedIndicator]] = {}
    for row in reversed(unpaired_before.values()):
        waiting.setdefault(criterion(row), []).append(row)
    pairs = [RowPair(row, alike.pop()) for row in unpaired_now.values() if (alike := waiting.get(criterion(row)))]
    for pair in pairs:
        del unpaired_now[id(pair.now)], unpaired_before[id(pair.before)]
    return pairs


def _name(row: ParsedIndicator) -> str:
    return _OF_A_YEAR.sub("", row.comparable_name)
