"""Entries of the library: rows of approved tables, and seed files."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, QuerySet, When

from filings.choices import Comparator, TargetKind
from filings.document import initials, target
from filings.document.edition import Edition
from filings.document.text import line, shorten
from filings.library.classes import CLASSES
from filings.library.issued import IssuedRow, source_of
from filings.models import LibraryEntry, Revision, User

LONGEST_NAME, LONGEST_UNIT, LONGEST_VALUE, MOST_VALUES = 200, 40, 200, 30


class InvalidEntry(ValueError):
    """A row or a seed that cannot become an entry; the message is the reason for the user."""


def visible_entries() -> QuerySet[LibraryEntry]:
    """Select all entries except those from departments that are now 涉密; classes in the order of forms."""
    position = Case(*(When(canonical=key, then=number) for number, key in enumerate(CLASSES)), default=len(CLASSES))
    return LibraryEntry.objects.exclude(revision__filing__department__withheld=True).order_by(
        position, "canonical", "name"
    )


def names_by_class(edition: Edition) -> dict[str, list[str]]:
    """Names of the visible entries, by the keys of the edition's classes."""
    names: dict[str, list[str]] = {}
    for canonical, name in visible_entries().values_list("canonical", "name"):
        names.setdefault(canonical, []).append(name)
    return {node.key: names[node.canonical] for _first, node in edition.leaves() if node.canonical in names}


def entries_for(rows: Iterable[IssuedRow]) -> dict[tuple[str, str], LibraryEntry]:
    """Find the entries with the classes and names of these rows, by (class, name)."""
    wanted = {(row.canonical, row.name) for row in rows}
    entries = LibraryEntry.objects.filter(name__in={name for _canonical, name in wanted})
    return {key: entry for entry in entries if (key := (entry.canonical, entry.name)) in wanted}


def contains_value(entry: LibraryEntry | None, value: str) -> bool:
    """Whether an entry already has a value, or the value is not worth adding."""
    return entry is not None and (value in entry.values or not _is_value(value))


def add_row(row: IssuedRow, revision: Revision, *, by: User, now: datetime) -> LibraryEntry:
    """Add a row of an approved version; an existing entry of its class and name gains the value, once.

    Raises InvalidEntry if the name is too long.
    """
    if len(row.name) > LONGEST_NAME:
        raise InvalidEntry(f"「{shorten(row.name, 20)}」太长，没有收入。")
    understood = target.parse(row.target)
    facts = {
        "comparator": (understood and understood.comparator) or "",
        "unit": ((understood and understood.unit) or "")[:LONGEST_UNIT],
        "source": source_of(revision.filing.department.name, revision.filing.cycle.year),
        "revision": revision,
        "by": by,
        "at": now,
    }
    return _put(row.canonical, row.name, [row.target] if _is_value(row.target) else [], facts)


@transaction.atomic
def load_seed(data: Mapping[str, Any], *, now: datetime) -> int:
    """Add the entries of a seed and return their number; loading it again changes nothing.

    A seed is `{"source": …, "entries": [{"name", "canonical", "comparator", "unit", "values"}]}`. Raises InvalidEntry.
    """
    try:
        source, seeds = str(data["source"]), list(data["entries"])
        for seed in seeds:
            facts = {"comparator": seed["comparator"], "unit": seed["unit"], "source": source, "at": now}
            _check(seed, source)
            _put(seed["canonical"], line(seed["name"]), [target.normalize(value) for value in seed["values"]], facts)
    except (KeyError, TypeError) as error:
        raise InvalidEntry(f"the library's file lacks or misnames a part: {error}") from error
    return len(seeds)


@transaction.atomic
def _put(canonical: str, name: str, values: list[str], facts: Mapping[str, Any]) -> LibraryEntry:
    defaults = {**facts, "values": list(dict.fromkeys(values)), "initials": initials.initials_of(name)}
    rows = LibraryEntry.objects.select_for_update()
    entry, is_new = rows.get_or_create(canonical=canonical, name=name, defaults=defaults)
    more = [value for value in dict.fromkeys(values) if value not in entry.values]
    if not is_new and more and len(entry.values) < MOST_VALUES:
        entry.values = [*entry.values, *more][:MOST_VALUES]
        entry.save(update_fields=["values"])
    return entry


def _is_value(text: str) -> bool:
    """Whether a target is worth suggesting: neither blank nor a placeholder nor too long."""
    understood = target.parse(text)
    return understood is not None and understood.kind is not TargetKind.PLACEHOLDER and len(text) <= LONGEST_VALUE


def _check(seed: Mapping[str, Any], source: str) -> None:
    problems = {
        "canonical": seed["canonical"] not in CLASSES,
        "comparator": seed["comparator"] not in ("", *Comparator),
        "name": not 0 < len(line(seed["name"])) <= LONGEST_NAME,
        "unit": len(seed["unit"]) > LONGEST_UNIT,
        "values": not isinstance(seed["values"], list) or not all(map(_is_value, seed["values"])),
        "source": not 0 < len(source) <= LONGEST_NAME,
    }
    if wrong := [part for part, is_wrong in problems.items() if is_wrong]:
        raise InvalidEntry(f"an entry of the library cannot be used: {', '.join(wrong)} of {seed['name']!r}")


def in_class(canonical: str) -> Q:
    """Filter for the entries of a class; '' selects all."""
    return Q(canonical=canonical) if canonical else Q()
