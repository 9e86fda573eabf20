"""What the rules need besides the document, and which errors the bureau has waived.

Read from the database in one query: a page that saves every second asks for it each time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from filings.document import canonical, money
from filings.document.content import FilingDocument
from filings.document.links import Links
from filings.models import ControlFigure, Department, Filing, FormEdition, IssuedCopy, Waiver
from filings.rules.finding import Known, LastYear


@dataclass(frozen=True)
class Waived:
    """Who of the bureau let an error pass, and why."""

    by_name: str
    by_office: str
    reason: str


@dataclass(frozen=True)
class Inputs:
    """What is known of a filing besides its document; `waivers` by the finding's identity."""

    known: Known
    waivers: Mapping[str, Waived] = field(default_factory=dict)


def read(filing: Filing, links: Links) -> Inputs:
    """Last year's approved table, the control figure, other departments' names, waivers."""
    names: list[str] = []
    waivers: dict[str, Waived] = {}
    control = last_year = None
    for kind, first, second, third, fourth in _everything(filing):
        match kind:
            case "department":
                names.append(first)
            case "waiver":
                waivers[first] = Waived(second, third, fourth)
            case "control":
                control = money.from_fen(int(first))
            case _:
                last_year = _last_year(filing, first, int(second))
    known = Known(filing.department.name, tuple(sorted(names)), last_year, control, links)
    return Inputs(known, waivers)


def _everything(filing: Filing) -> Iterator[tuple[str, str, str, str, str]]:
    none = Value("", output_field=TextField())

    def kind(name: str) -> Value:
        return Value(name, output_field=TextField())

    def text(column: str) -> Cast:
        return Cast(F(column), TextField())

    departments = Department.objects.exclude(pk=filing.department_id).order_by()
    waivers = Waiver.objects.filter(filing=filing).order_by()
    controls = ControlFigure.objects.filter(cycle=filing.cycle_id, department=filing.department_id).order_by()
    copies = IssuedCopy.objects.filter(
        live=True, filing__department=filing.department_id, filing__cycle__year=filing.cycle.year - 1
    ).order_by()
    return (
        departments.values_list(kind("department"), text("name"), none, none, none)
        .union(
            waivers.values_list(kind("waiver"), text("identity"), text("by_name"), text("by_office"), text("reason")),
            controls.values_list(kind("control"), text("fen"), none, none, none),
            copies.values_list(
                kind("last_year"), text("revision__content"), text("filing__cycle__edition"), none, none
            ),
            all=True,
        )
        .iterator()
    )


def _last_year(filing: Filing, content: str, edition_id: int) -> LastYear:
    current = filing.cycle.edition
    edition = current if current.pk == edition_id else FormEdition.objects.get(pk=edition_id)
    return LastYear(_document(content), edition.definition())


@lru_cache(maxsize=64)
def _document(content: str) -> FilingDocument:
    """A frozen document is the same each time it is asked for."""
    return canonical.loads(content)
