"""Suggest names and targets of indicators: from the department's last year, the library and other departments."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import reduce
from operator import or_

from django.db.models import Case, Q, Value, When

from filings.choices import TargetKind
from filings.document import target
from filings.document.likeness import likeness, pairs_of, without_spaces
from filings.library import entries, issued, matching
from filings.models import Filing

MOST = 8
MOST_ENTRIES_READ = 200
MOST_PAIRS = 12
MEASURABLE = (TargetKind.NUMBER, TargetKind.RANGE, TargetKind.DATE)


class Origin(IntEnum):
    """Source of a suggestion, in order of preference."""

    OWN = 0
    LIBRARY = 1
    PEERS = 2


@dataclass(frozen=True)
class Suggestion:
    """A suggested indicator: canonical class, values as written, and the source as a label."""

    name: str
    canonical: str
    values: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class _Candidate:
    suggestion: Suggestion
    origin: Origin
    initials: str


# Sort key of a candidate, smallest first; None excludes it.
Rank = Callable[[_Candidate], tuple[float, ...] | None]


def for_name(filing: Filing, canonical: str, typed: str) -> list[Suggestion]:
    """Suggest at most `MOST` indicators whose name matches the typed text.

    The department's last year comes first, then the library, then other departments; within each, the same class
    comes first. Names that the table already has are excluded.
    """
    present = set(map(without_spaces, _names_in(filing))) - {without_spaces(typed)}

    def rank(candidate: _Candidate) -> tuple[float, ...] | None:
        name = candidate.suggestion.name
        closeness = matching.closeness(typed, name, candidate.initials)
        if closeness is None or without_spaces(name) in present:
            return None
        return (candidate.origin, candidate.suggestion.canonical != canonical, closeness)

    return _best(filing, matching.matching_names(typed), canonical, rank)


def for_target(filing: Filing, canonical: str, name: str, typed: str) -> list[Suggestion]:
    """Suggest at most `MOST` indicators of similar names with measurable values, the same name first.

    The typed value itself is excluded; values that begin with it come first.
    """

    def rank(candidate: _Candidate) -> tuple[float, ...] | None:
        other = candidate.suggestion.name
        is_other = without_spaces(other) != without_spaces(name)
        alike = likeness(name, other)
        if (is_other and alike < matching.LEAST_LIKENESS) or not _measurable(candidate.suggestion.values, typed):
            return None
        return (candidate.suggestion.canonical != canonical, is_other, candidate.origin, -alike)

    pairs = sorted(pairs_of(name))[:MOST_PAIRS]
    meant = reduce(or_, (Q(name__icontains=pair) for pair in pairs), Q(name=name))
    best = _best(filing, meant, canonical, rank)
    return [replace(suggestion, values=_measurable(suggestion.values, typed)) for suggestion in best]


def _best(filing: Filing, meant: Q, canonical: str, rank: Rank) -> list[Suggestion]:
    """Rank all candidates. Other departments' tables are read only if the class has too few without them."""
    near = [*_of_tables(issued.own_last_year(filing), Origin.OWN), *_of_library(meant, canonical)]
    best = _ranked(near, rank)
    if sum(suggestion.canonical == canonical for suggestion in best) >= MOST:
        return best
    return _ranked([*near, *_of_tables(issued.of_peers(filing), Origin.PEERS)], rank)


def _ranked(candidates: Iterable[_Candidate], rank: Rank) -> list[Suggestion]:
    """Select the best candidates, each name once; of equal ranks the first."""
    ranked = [(key, candidate) for candidate in candidates if (key := rank(candidate)) is not None]
    best: dict[str, Suggestion] = {}
    for _key, candidate in sorted(ranked, key=lambda item: item[0]):
        best.setdefault(without_spaces(candidate.suggestion.name), candidate.suggestion)
    return list(best.values())[:MOST]


def _of_tables(tables: Iterable[issued.ApprovedRows], origin: Origin) -> Iterator[_Candidate]:
    for table in tables:
        for row in table.rows:
            values = (row.target,) if row.target else ()
            yield _Candidate(Suggestion(row.name, row.canonical, values, table.source), origin, row.initials)


def _of_library(meant: Q, canonical: str) -> Iterator[_Candidate]:
    first = Case(When(canonical=canonical, then=Value(0)), default=Value(1))
    for entry in entries.visible_entries().filter(meant).order_by(first, "name")[:MOST_ENTRIES_READ]:
        suggestion = Suggestion(entry.name, entry.canonical, tuple(entry.values), entry.source)
        yield _Candidate(suggestion, Origin.LIBRARY, entry.initials)


def _names_in(filing: Filing) -> list[str]:
    return list(filing.indicators.exclude(rank="").values_list("name", flat=True))


def _measurable(values: Iterable[str], typed: str) -> tuple[str, ...]:
    written = target.normalize(typed)
    measurable = [value for value in values if value != written and _kind(value) in MEASURABLE]
    return tuple(sorted(measurable, key=lambda value: not (written and value.startswith(written))))


def _kind(value: str) -> TargetKind | None:
    understood = target.parse(value)
    return understood.kind if understood else None
