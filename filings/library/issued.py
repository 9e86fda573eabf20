"""Rows of approved tables: live issued copies of the department's earlier years and of other departments.

A revision never changes, so its rows are cached by its hash. Which copies are visible is queried every time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from filings.document import initials
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.models import Filing, IssuedCopy, Revision

MOST_PEERS = 60
MOST_CACHED = 300


@dataclass(frozen=True)
class IssuedRow:
    """A named row of an approved table, with its canonical class and its target as written."""

    key: str
    canonical: str
    name: str
    target: str
    initials: str


@dataclass(frozen=True)
class ApprovedRows:
    """Rows of an approved table; `source` is its department and year: 「县档案馆 2024年」."""

    source: str
    rows: tuple[IssuedRow, ...]


_CACHE: dict[str, tuple[IssuedRow, ...]] = {}


def own_last_year(filing: Filing) -> list[ApprovedRows]:
    """Rows of the department's approved table of the latest earlier year; empty if it has none."""
    earlier = _live().filter(filing__department=filing.department_id, filing__cycle__year__lt=filing.cycle.year)
    return _read(earlier[:1])


def of_peers(filing: Filing) -> list[ApprovedRows]:
    """Rows of at most `MOST_PEERS` approved tables of other departments, newest first, without 涉密 ones."""
    others = _live().exclude(filing__department=filing.department_id).filter(filing__department__withheld=False)
    return _read(others[:MOST_PEERS])


def rows_of(revision: Revision) -> tuple[IssuedRow, ...]:
    """Named rows of a revision that have a class."""
    return _CACHE.get(revision.sha256) or _cache([revision])[revision.sha256]


def source_of(department: str, year: int) -> str:
    return f"{department} {year}年"


def _live() -> QuerySet[IssuedCopy]:
    return IssuedCopy.objects.filter(live=True).order_by("-filing__cycle__year", "-pk")


def _read(copies: QuerySet[IssuedCopy]) -> list[ApprovedRows]:
    """Read the rows of issued copies; only revisions that are not cached are fetched with their content."""
    columns = ("revision_id", "revision__sha256", "filing__department__name", "filing__cycle__year")
    listed = list(copies.values_list(*columns))
    rows = {sha256: _CACHE[sha256] for _pk, sha256, _name, _year in listed if sha256 in _CACHE}
    unread = [pk for pk, sha256, _name, _year in listed if sha256 not in rows]
    if unread:
        rows |= _cache(Revision.objects.filter(pk__in=unread).select_related("filing__cycle__edition"))
    return [ApprovedRows(source_of(name, year), rows[sha256]) for _pk, sha256, name, year in listed]


def _cache(revisions: Iterable[Revision]) -> dict[str, tuple[IssuedRow, ...]]:
    """Read the rows of revisions by hash and cache them."""
    definitions: dict[int, Edition] = {}
    read = {}
    for revision in revisions:
        edition = revision.filing.cycle.edition
        if edition.pk not in definitions:
            definitions[edition.pk] = edition.definition()
        read[revision.sha256] = tuple(_rows(revision.document(), definitions[edition.pk]))
    if len(_CACHE) + len(read) > MOST_CACHED:
        _CACHE.clear()
    _CACHE.update(read)
    return read


def _rows(document: FilingDocument, edition: Edition) -> Iterator[IssuedRow]:
    for row in document.indicators:
        levels = edition.levels(row.node or "")
        if levels and row.name:
            yield IssuedRow(row.key, levels[1].canonical, row.name, row.target, initials.initials_of(row.name))
