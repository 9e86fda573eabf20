"""Start a filing with its blank draft, and create keys for rows."""

from uuid import UUID, uuid4

from django.db import transaction

from filings.document import place, rank
from filings.models import Cycle, Department, DraftText, Duty, Filing, Indicator, Task

FIRST_NUMERAL = "（一）"
_DEPARTMENT_NAME_FIELDS = ("department", "filing_unit")


@transaction.atomic
def start(cycle: Cycle, department: Department) -> tuple[Filing, bool]:
    """Get or create the department's filing in a cycle, and whether it was created.

    A new draft has a blank row for every indicator class, and a blank task if the edition has tasks.
    """
    filing, created = Filing.objects.get_or_create(
        cycle=cycle, department=department, defaults={"due_on": cycle.deadline_for(department)}
    )
    if not created:
        return filing, False
    edition = cycle.edition.definition()
    keys = [key for key in edition.field_keys if key in _DEPARTMENT_NAME_FIELDS]
    DraftText.objects.bulk_create(
        DraftText(filing=filing, place=str(place.field(key)), raw=department.name) for key in keys
    )
    (first,) = rank.spread("", "", 1)
    Duty.objects.create(filing=filing, key=new_key(), rank=first, raw=FIRST_NUMERAL)
    if edition.has("tasks"):
        Task.objects.create(filing=filing, key=new_key(), rank=first)
    nodes = list(cycle.edition.nodes.filter(parent__isnull=False))
    Indicator.objects.bulk_create(
        Indicator(filing=filing, key=new_key(), rank=row_rank, node=node)
        for row_rank, node in zip(rank.spread("", "", len(nodes)), nodes, strict=True)
    )
    return filing, True


def new_key() -> str:
    """Create a permanent key for a new row."""
    return str(uuid4())


def permanent_key(key: str) -> str:
    """Return the key if it is a UUID, otherwise a new one: rows read from files are only numbered r1, r2 …"""
    try:
        return str(UUID(key))
    except ValueError:
        return new_key()
