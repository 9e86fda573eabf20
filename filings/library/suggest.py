"""What is offered to somebody who types an indicator's name or value: own last year, the library, other departments."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import or_

from django.db.models import Case, Q, Value, When

from filings.choices import TargetKind
from filings.document import target
from filings.library import entries, issued, matching
from filings.models import Filing

MOST = 8
MOST_ENTRIES_READ = 200
MOST_PAIRS = 12
MEASURABLE = (TargetKind.NUMBER, TargetKind.RANGE, TargetKind.DATE)


class Origin(IntEnum):
    """Where a suggestion comes from, the nearest first."""

    OWN = 0
    LIBRARY = 1
    PEERS = 2


@dataclass(frozen=True)
class Suggestion:
    """An indicator to take: its class across forms, values as they were written, where it comes from in words."""

    name: str
    canonical: str
    values: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class _Candidate:
    suggestion: Suggestion
    origin: Origin
    initials: str


# Where a candidate stands among the others, the least first; None keeps it out.
Rank = Callable[[_Candidate], tuple[float, ...] | None]


def for_name(filing: Filing, canonical: str, typed: str) -> list[Suggestion]:
    """At most `MOST` indicators whose name is meant by what was typed: the own last year's first, then the library's,
    then other departments', each time those of the class before others. None that the table has already."""
    there = set(map(matching.without_spaces, _names_in(filing))) - {matching.without_spaces(typed)}

    def rank(candidate: _Candidate) -> tuple[float, ...] | None:
        name = candidate.suggestion.name
        near = matching.closeness(typed, name, candidate.initials)
        if near is None or matching.without_spaces(name) in there:
            return None
        return (candidate.origin, candidate.suggestion.canonical != canonical, near)

    return _best(filing, matching.entries_meant(typed), canonical, rank)


def for_target(filing: Filing, canonical: str, name: str, typed: str) -> list[Suggestion]:
    """At most `MOST` ways in which a like-named indicator was given a value that can be measured, the same name first.

    What was typed is not offered again; values that begin with it stand first.
    """

    def rank(candidate: _Candidate) -> tuple[float, ...] | None:
        other = candidate.suggestion.name
        is_other = matching.without_spaces(other) != matching.without_spaces(name)
        alike = matching.likeness(name, other)
        if (is_other and alike < matching.LEAST_LIKENESS) or not _measurable(candidate.suggestion.values, typed):
            return None
        return (candidate.suggestion.canonical != canonical, is_other, candidate.origin, -alike)

    pairs = sorted(matching.pairs_of(name))[:MOST_PAIRS]
    meant = reduce(or_, (Q(name__icontains=pair) for pair in pairs), Q(name=name))
    best = _best(filing, meant, canonical, rank)
    return [Suggestion(one.name, one.canonical, _measurable(one.values, typed), one.source) for one in best]


def _best(filing: Filing, meant: Q, canonical: str, rank: Rank) -> list[Suggestion]:
    """Other departments' tables are read only where the class is not filled without them."""
    near = [*_of_tables(issued.own_last_year(filing), Origin.OWN), *_of_library(meant, canonical)]
    found = _ranked(near, rank)
    if sum(one.canonical == canonical for one in found) >= MOST:
        return found
    return _ranked([*near, *_of_tables(issued.of_peers(filing), Origin.PEERS)], rank)


def _ranked(candidates: Iterable[_Candidate], rank: Rank) -> list[Suggestion]:
    """The best ones, each name once; of equals the one that came first."""
    ranked = [(at, one) for one in candidates if (at := rank(one)) is not None]
    best: dict[str, Suggestion] = {}
    for _at, one in sorted(ranked, key=lambda found: found[0]):
        best.setdefault(matching.without_spaces(one.suggestion.name), one.suggestion)
    return list(best.values())[:MOST]


def _of_tables(tables: Iterable[issued.ApprovedRows], origin: Origin) -> Iterator[_Candidate]:
    for table in tables:
        for row in table.rows:
            values = (row.target,) if row.target else ()
            yield _Candidate(Suggestion(row.name, row.canonical, values, table.source), origin, row.initials)


def _of_library(meant: Q, canonical: str) -> Iterator[_Candidate]:
    first = Case(When(canonical=canonical, then=Value(0)), default=Value(1))
    for entry in entries.shown().filter(meant).order_by(first, "name")[:MOST_ENTRIES_READ]:
        suggestion = Suggestion(entry.name, entry.canonical, tuple(entry.values), entry.source)
        yield _Candidate(suggestion, Origin.LIBRARY, entry.initials)


def _names_in(filing: Filing) -> list[str]:
    return list(filing.indicators.exclude(rank="").values_list("name", flat=True))


def _measurable(values: Iterable[str], typed: str) -> tuple[str, ...]:
    written = target.normalize(typed)
    found = [value for value in values if value != written and _kind(value) in MEASURABLE]
    return tuple(sorted(found, key=lambda value: not (written and value.startswith(written))))


def _kind(value: str) -> TargetKind | None:
    understood = target.parse(value)
    return understood.kind if understood else None
