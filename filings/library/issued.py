"""Rows of approved tables: the live issued copies of a department's earlier year, and of other departments.

What a revision holds never changes, so its rows are kept by its hash. Who may be shown is asked each time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.library import initials
from filings.models import Filing, IssuedCopy, Revision

MOST_PEERS = 60
MOST_KEPT = 300


@dataclass(frozen=True)
class IssuedRow:
    """A named row of an approved table with its class across forms and its target as written."""

    key: str
    canonical: str
    name: str
    target: str
    initials: str


@dataclass(frozen=True)
class ApprovedRows:
    """An approved table's rows, and whose they are in words: 「县档案馆 2024年」."""

    source: str
    rows: tuple[IssuedRow, ...]


_KEPT: dict[str, tuple[IssuedRow, ...]] = {}


def own_last_year(filing: Filing) -> list[ApprovedRows]:
    """The same department's approved table of the nearest earlier year, if there is one."""
    earlier = _live().filter(filing__department=filing.department_id, filing__cycle__year__lt=filing.cycle.year)
    return _read(earlier[:1])


def of_peers(filing: Filing) -> list[ApprovedRows]:
    """At most `MOST_PEERS` approved tables of other departments, newest first; 涉密 departments never."""
    others = _live().exclude(filing__department=filing.department_id).filter(filing__department__withheld=False)
    return _read(others[:MOST_PEERS])


def rows_of(revision: Revision) -> tuple[IssuedRow, ...]:
    """The named rows of a revision that have a class."""
    return _KEPT.get(revision.sha256) or _keep([revision])[revision.sha256]


def source_of(department: str, year: int) -> str:
    return f"{department} {year}年"


def _live() -> QuerySet[IssuedCopy]:
    return IssuedCopy.objects.filter(live=True).order_by("-filing__cycle__year", "-pk")


def _read(copies: QuerySet[IssuedCopy]) -> list[ApprovedRows]:
    """Texts are fetched only of those that are not kept."""
    columns = ("revision_id", "revision__sha256", "filing__department__name", "filing__cycle__year")
    found = list(copies.values_list(*columns))
    rows = {sha256: _KEPT[sha256] for _pk, sha256, _name, _year in found if sha256 in _KEPT}
    unread = [pk for pk, sha256, _name, _year in found if sha256 not in rows]
    if unread:
        rows |= _keep(Revision.objects.filter(pk__in=unread).select_related("filing__cycle__edition"))
    return [ApprovedRows(source_of(name, year), rows[sha256]) for _pk, sha256, name, year in found]


def _keep(revisions: Iterable[Revision]) -> dict[str, tuple[IssuedRow, ...]]:
    """Rows by the hash of their revision, read and kept."""
    definitions: dict[int, Edition] = {}
    read = {}
    for revision in revisions:
        edition = revision.filing.cycle.edition
        if edition.pk not in definitions:
            definitions[edition.pk] = edition.definition()
        read[revision.sha256] = tuple(_rows(revision.document(), definitions[edition.pk]))
    if len(_KEPT) + len(read) > MOST_KEPT:
        _KEPT.clear()
    _KEPT.update(read)
    return read


def _rows(document: FilingDocument, edition: Edition) -> Iterator[IssuedRow]:
    for row in document.indicators:
        levels = edition.levels(row.node or "")
        if levels and row.name:
            yield IssuedRow(row.key, levels[1].canonical, row.name, row.target, initials.of(row.name))
