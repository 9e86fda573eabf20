"""How the content of a draft comes to be as a whole: begun blank, or replaced by a document that was read."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from filings.choices import PointKind
from filings.document import money, place, rank
from filings.document.content import FilingDocument, IndicatorRow
from filings.document.edition_validation import TASK_COLUMNS
from filings.drafts import restore_points
from filings.drafts.content import load
from filings.drafts.editing import task, understood
from filings.drafts.locking import hold
from filings.models import (
    BudgetAmount,
    Cycle,
    Department,
    DraftText,
    Duty,
    Edit,
    Filing,
    Indicator,
    IndicatorNode,
    Task,
    User,
)

FIRST_NUMERAL = "（一）"
_ALL_OF_A_ROW = (
    "rank",
    "node",
    "found_first_level",
    "found_second_level",
    "name",
    "target",
    "more",
    "kind",
    "comparator",
    "number",
    "unit",
)
_NAMED_AFTER_THE_DEPARTMENT = ("department", "filing_unit")


@transaction.atomic
def start(cycle: Cycle, department: Department) -> tuple[Filing, bool]:
    """The department's filing in a cycle, and whether it was begun just now, with a blank row for every class and a
    blank task where the form has tasks."""
    filing, created = Filing.objects.get_or_create(cycle=cycle, department=department)
    if not created:
        return filing, False
    form = cycle.edition.definition()
    keys = [key for key in form.field_keys if key in _NAMED_AFTER_THE_DEPARTMENT]
    DraftText.objects.bulk_create(
        DraftText(filing=filing, place=str(place.field(key)), raw=department.name) for key in keys
    )
    (first,) = rank.spread("", "", 1)
    Duty.objects.create(filing=filing, key=new_key(), rank=first, raw=FIRST_NUMERAL)
    if form.has("tasks"):
        Task.objects.create(filing=filing, key=new_key(), rank=first)
    nodes = list(cycle.edition.nodes.filter(parent__isnull=False))
    Indicator.objects.bulk_create(
        Indicator(filing=filing, key=new_key(), rank=at, node=node)
        for at, node in zip(rank.spread("", "", len(nodes)), nodes, strict=True)
    )
    return filing, True


@transaction.atomic
def put(filing: Filing, document: FilingDocument, *, by: User) -> None:
    """Replace the whole draft by a document on the same form: one that was read from a file, or last year's.

    What it held before stays as a restore point, and its rows as removed ones. Rows keep a key that is a UUID and get
    a new one otherwise. Raises StepRefused where nothing can be changed.
    """
    hold(filing)
    restore_points.keep(filing, PointKind.IMPORT, load(filing), by=by)
    for cells in (filing.texts, filing.amounts):
        cells.all().delete()
    for rows in (filing.duties, filing.tasks, filing.indicators):
        rows.update(rank="")
    _put_texts(filing, document)
    _put_rows(filing, document)
    whole = [{"place": section, "before": "", "after": ""} for section in place.SECTIONS]
    Edit.objects.create(filing=filing, client_id=new_key(), by=by, at=timezone.now(), changes=whole)


def new_key() -> str:
    """A lasting key for a new row."""
    return str(uuid4())


def lasting(key: str) -> str:
    """The key itself when it is one that lasts, otherwise a new one: rows of files are only counted r1, r2 …"""
    try:
        return str(UUID(key))
    except ValueError:
        return new_key()


def _put_texts(filing: Filing, document: FilingDocument) -> None:
    unit = filing.cycle.edition.definition().unit
    texts = {place.field(key): text for key, text in document.fields.items()} | {place.goal(): document.goal}
    DraftText.objects.bulk_create(
        DraftText(filing=filing, place=str(at), raw=text) for at, text in texts.items() if text
    )
    BudgetAmount.objects.bulk_create(
        BudgetAmount(filing=filing, line=line, raw=text, fen=money.parse(text, unit).fen)
        for line, text in document.amounts.items()
        if text
    )


def _put_rows(filing: Filing, document: FilingDocument) -> None:
    Duty.objects.bulk_create(
        (
            Duty(filing=filing, key=lasting(duty.key), rank=at, raw=duty.text)
            for at, duty in zip(rank.spread("", "", len(document.duties)), document.duties, strict=True)
        ),
        update_conflicts=True,
        unique_fields=["filing", "key"],
        update_fields=["rank", "raw"],
    )
    unit = filing.cycle.edition.definition().unit
    Task.objects.bulk_create(
        (
            task(filing, lasting(line.key), at, line.cells, unit)
            for at, line in zip(rank.spread("", "", len(document.tasks)), document.tasks, strict=True)
        ),
        update_conflicts=True,
        unique_fields=["filing", "key"],
        update_fields=["rank", *TASK_COLUMNS, "fen"],
    )
    nodes = {node.key: node for node in filing.cycle.edition.nodes.all()}
    Indicator.objects.bulk_create(
        (
            understood(_indicator(filing, row, nodes.get(row.node or ""), at))
            for at, row in zip(rank.spread("", "", len(document.indicators)), document.indicators, strict=True)
        ),
        update_conflicts=True,
        unique_fields=["filing", "key"],
        update_fields=_ALL_OF_A_ROW,
    )


def _indicator(filing: Filing, row: IndicatorRow, node: IndicatorNode | None, at: str) -> Indicator:
    return Indicator(
        filing=filing,
        key=lasting(row.key),
        rank=at,
        node=node,
        found_first_level=row.first_level,
        found_second_level=row.second_level,
        name=row.name,
        target=row.target,
        more=dict(row.more),
    )
