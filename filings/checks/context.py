"""What the rules need besides the document, and which errors the bureau has waived.

A page that saves every second asks for it each time: a draft is read together with it, in one query.
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
Question: TypeAlias = "QuerySet[Any, ContextRow]"
KINDS = ("department", "waiver", "control", "last_year")


@dataclass(frozen=True)
class Waived:
    """Who of the bureau let an error pass, and why."""

    by_name: str
    by_office: str
    reason: str


@dataclass(frozen=True)
class Inputs:
    """What is known of a filing besides its document; `waivers` by the finding's identity."""

    known: KnownFacts
    waivers: Mapping[str, Waived] = field(default_factory=dict)


def read(filing: Filing, links: Links) -> Inputs:
    """What is known of a filing now."""
    first, *others = questions(filing)
    return of_rows(filing, first.union(*others, all=True).iterator(), links)


def of_rows(filing: Filing, rows: Iterable[ContextRow], links: Links) -> Inputs:
    """The same out of the rows that `questions` were answered with."""
    names: list[str] = []
    waivers: dict[str, Waived] = {}
    control = last_year = None
    for kind, first, second, third, fourth in rows:
        match kind:
            case "department":
                names.append(first)
            case "waiver":
                waivers[first] = Waived(second, third, fourth)
            case "control":
                control = money.from_fen(int(first))
            case _:
                last_year = _last_year(filing, first, int(second))
    known = KnownFacts(filing.department.name, tuple(sorted(names)), last_year, control, links)
    return Inputs(known, waivers)


def questions(filing: Filing, width: int = 5) -> list[Question]:
    """What the database is asked: other departments' names, waivers, the control figure, last year's approved table.

    Rows of texts, the kind first, filled up with '' to `width` columns: for a UNION with other rows.
    """
    last = filing.cycle.year - 1
    copies = IssuedCopy.objects.filter(live=True, filing__department=filing.department_id, filing__cycle__year=last)
    controls = ControlFigure.objects.filter(cycle=filing.cycle_id, department=filing.department_id)
    asked: list[tuple[str, QuerySet[Any], tuple[str, ...]]] = [
        ("department", Department.objects.exclude(pk=filing.department_id), ("name",)),
        ("waiver", Waiver.objects.filter(filing=filing), ("identity", "by_name", "by_office", "reason")),
        ("control", controls, ("fen",)),
        ("last_year", copies, ("revision__content", "filing__cycle__edition")),
    ]
    return [_texts(kind, rows, columns, width) for kind, rows, columns in asked]


def _texts(kind: str, rows: QuerySet[Any], columns: tuple[str, ...], width: int) -> Question:
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
    """A frozen document is the same each time it is asked for."""
    return canonical_json.loads(content)
