"""What is in the library: rows of approved tables that were taken in, and seeds that come as a file."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, QuerySet, When

from filings.choices import Comparator, TargetKind
from filings.document import target
from filings.document.edition import Edition
from filings.document.text import line
from filings.library import initials
from filings.library.classes import CLASSES
from filings.library.issued import IssuedRow, source_of
from filings.models import LibraryEntry, Revision, User

LONGEST_NAME, LONGEST_UNIT, LONGEST_VALUE, MOST_VALUES = 200, 40, 200, 30


class NoEntry(ValueError):
    """A row or a seed that cannot be an entry, with the reason for the person who asked."""


def shown() -> QuerySet[LibraryEntry]:
    """Every entry but those that came from a department which is 涉密 by now; classes in the order of forms."""
    position = Case(*(When(canonical=key, then=at) for at, key in enumerate(CLASSES)), default=len(CLASSES))
    return LibraryEntry.objects.exclude(revision__filing__department__withheld=True).order_by(
        position, "canonical", "name"
    )


def names(edition: Edition) -> dict[str, list[str]]:
    """What the entries are called, by the keys of a form's classes."""
    found: dict[str, list[str]] = {}
    for canonical, name in shown().values_list("canonical", "name"):
        found.setdefault(canonical, []).append(name)
    return {node.key: found[node.canonical] for _first, node in edition.leaves() if node.canonical in found}


def known(rows: Iterable[IssuedRow]) -> dict[tuple[str, str], LibraryEntry]:
    """The entries of these rows' classes and names, by both."""
    wanted = {(row.canonical, row.name) for row in rows}
    found = LibraryEntry.objects.filter(name__in={name for _canonical, name in wanted})
    return {key: entry for entry in found if (key := (entry.canonical, entry.name)) in wanted}


def holds(entry: LibraryEntry | None, value: str) -> bool:
    """Whether there is nothing left to take in."""
    return entry is not None and (value in entry.values or not _is_value(value))


def take(row: IssuedRow, revision: Revision, *, by: User, at: datetime) -> LibraryEntry:
    """A row of an approved version as an entry; a name that its class has already gains the value, once.

    Raises NoEntry for a name that there is no room for.
    """
    if len(row.name) > LONGEST_NAME:
        raise NoEntry(f"「{row.name[:20]}…」太长，没有收入。")
    understood = target.parse(row.target)
    facts = {
        "comparator": (understood and understood.comparator) or "",
        "unit": ((understood and understood.unit) or "")[:LONGEST_UNIT],
        "source": source_of(revision.filing.department.name, revision.filing.cycle.year),
        "revision": revision,
        "by": by,
        "at": at,
    }
    return _put(row.canonical, row.name, [row.target] if _is_value(row.target) else [], facts)


@transaction.atomic
def load(data: Mapping[str, Any], *, at: datetime) -> int:
    """Put a seed's entries in and answer how many there are; loading it again changes nothing.

    A seed is `{"source": …, "entries": [{"name", "canonical", "comparator", "unit", "values"}]}`. Raises NoEntry.
    """
    try:
        source, seeds = str(data["source"]), list(data["entries"])
        for seed in seeds:
            facts = {"comparator": seed["comparator"], "unit": seed["unit"], "source": source, "at": at}
            _check(seed, source)
            _put(seed["canonical"], line(seed["name"]), [target.normalize(value) for value in seed["values"]], facts)
    except (KeyError, TypeError) as error:
        raise NoEntry(f"the library's file lacks or misnames a part: {error}") from error
    return len(seeds)


@transaction.atomic
def _put(canonical: str, name: str, values: list[str], facts: Mapping[str, Any]) -> LibraryEntry:
    made = {**facts, "values": list(dict.fromkeys(values)), "initials": initials.of(name)}
    rows = LibraryEntry.objects.select_for_update()
    entry, is_new = rows.get_or_create(canonical=canonical, name=name, defaults=made)
    more = [value for value in dict.fromkeys(values) if value not in entry.values]
    if not is_new and more and len(entry.values) < MOST_VALUES:
        entry.values = [*entry.values, *more][:MOST_VALUES]
        entry.save(update_fields=["values"])
    return entry


def _is_value(text: str) -> bool:
    """A target worth offering: neither blank nor a placeholder."""
    understood = target.parse(text)
    return understood is not None and understood.kind is not TargetKind.PLACEHOLDER and len(text) <= LONGEST_VALUE


def _check(seed: Mapping[str, Any], source: str) -> None:
    faults = {
        "canonical": seed["canonical"] not in CLASSES,
        "comparator": seed["comparator"] not in ("", *Comparator),
        "name": not 0 < len(line(seed["name"])) <= LONGEST_NAME,
        "unit": len(seed["unit"]) > LONGEST_UNIT,
        "values": not isinstance(seed["values"], list) or not all(map(_is_value, seed["values"])),
        "source": not 0 < len(source) <= LONGEST_NAME,
    }
    if wrong := [part for part, is_wrong in faults.items() if is_wrong]:
        raise NoEntry(f"an entry of the library cannot be used: {', '.join(wrong)} of {seed['name']!r}")


def of_class(canonical: str) -> Q:
    """Entries of one class, of all when there is none."""
    return Q(canonical=canonical) if canonical else Q()
