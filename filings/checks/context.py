"""Read what the rules need besides the document, and the waivers of the bureau.

The fill-in page saves every second and needs this each time, so that a draft is read together with it in one query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from filings.document import canonical_json, money
from filings.document.content import FilingDocument
from filings.document.links import Links
from filings.models import ControlFigure, Department, Filing, FormEdition, IssuedCopy, Waiver
from filings.rules.finding import KnownFacts, LastYear

ContextRow: TypeAlias = "tuple[str, ...]"
ContextQuery: TypeAlias = "QuerySet[Any, ContextRow]"
KINDS = ("department", "waiver", "control", "last_year")


@dataclass(frozen=True)
class GrantedWaiver:
    """The officer who waived an error, their office, and the reason."""

    by_name: str
    by_office: str
    reason: str


@dataclass(frozen=True)
class CheckContext:
    """Facts known about a filing besides its document; `waivers` by the finding's identity."""

    known: KnownFacts
    waivers: Mapping[str, GrantedWaiver] = field(default_factory=dict)


def read(filing: Filing, links: Links) -> CheckContext:
    """Read the current context of a filing from the database."""
    first, *others = queries(filing)
    return from_rows(filing, first.union(*others, all=True).iterator(), links)


def from_rows(filing: Filing, rows: Iterable[ContextRow], links: Links) -> CheckContext:
    """Build the context from the rows of `queries`."""
    names: list[str] = []
    waivers: dict[str, GrantedWaiver] = {}
    control = last_year = None
    for kind, first, second, third, fourth in rows:
        match kind:
            case "department":
                names.append(first)
            case "waiver":
                waivers[first] = GrantedWaiver(second, third, fourth)
            case "control":
                control = money.from_fen(int(first))
            case _:
                last_year = _last_year(filing, first, int(second))
    known = KnownFacts(filing.department.name, tuple(sorted(names)), last_year, control, links)
    return CheckContext(known, waivers)


def queries(filing: Filing, width: int = 5) -> list[ContextQuery]:
    """Query the other departments' names, waivers, the control figure and last year's approved table.

    Each row is a tuple of texts that begins with its kind and is padded with '' to `width` columns, so that the
    queries fit into a UNION with others.
    """
    last = filing.cycle.year - 1
    copies = IssuedCopy.objects.filter(live=True, filing__department=filing.department_id, filing__cycle__year=last)
    controls = ControlFigure.objects.filter(cycle=filing.cycle_id, department=filing.department_id)
    selections: list[tuple[str, QuerySet[Any], tuple[str, ...]]] = [
        ("department", Department.objects.exclude(pk=filing.department_id), ("name",)),
        ("waiver", Waiver.objects.filter(filing=filing), ("identity", "by_name", "by_office", "reason")),
        ("control", controls, ("fen",)),
        ("last_year", copies, ("revision__content", "filing__cycle__edition")),
    ]
    return [_texts(kind, rows, columns, width) for kind, rows, columns in selections]


def _texts(kind: str, rows: QuerySet[Any], columns: tuple[str, ...], width: int) -> ContextQuery:
    texts = [Cast(F(column), TextField()) for column in columns]
    blanks = [_text("") for _ in range(width - 1 - len(columns))]
    return rows.order_by().values_list(_text(kind), *texts, *blanks)


def _text(text: str) -> Value:
    return Value(text, output_field=TextField())


def _last_year(filing: Filing, content: str, edition_id: int) -> LastYear:
    current = filing.cycle.edition
    edition = current if current.pk == edition_id else FormEdition.objects.get(pk=edition_id)
    return LastYear(_document(content), edition.definition())


@lru_cache(maxsize=64)
def _document(content: str) -> FilingDocument:
    """Parse a frozen document; cached, because the same text is read with each save of this year's draft."""
    return canonical_json.loads(content)
