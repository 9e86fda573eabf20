"""沿用上年: plan and apply carrying over last year's approved table into a draft.

Only blank cells are filled, and rows are added under the keys that they had; typed content stays. carried_over.py
tracks which of these texts have not been checked yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from filings.choices import PointKind
from filings.document import place
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.mapping import UnmappedText, carry
from filings.document.place import Place
from filings.drafts.apply import apply_changes
from filings.drafts.carried_over import CLIENT_ID_PREFIX
from filings.drafts.changes import Change
from filings.drafts.content import Draft, load
from filings.drafts.locking import lock_draft
from filings.drafts.merge import Addition, NewRow
from filings.models import Filing, IssuedCopy, User
from filings.rules.finding import LastYear, RuleContext
from filings.rules.last_year.pairs import pair_rows

# Fields that are never carried over: the date of filling in.
_DATED_FIELDS = ("filled_on",)


@dataclass(frozen=True)
class ApprovedTable:
    """The department's approved table of last year: the issued copy in force, its document and edition."""

    copy: IssuedCopy
    table: LastYear


@dataclass(frozen=True)
class Choice:
    """The parts to carry over. `names` includes the further columns of the rows; `money` the amounts of tasks."""

    fields: bool = True
    money: bool = False
    duties: bool = True
    tasks: bool = True
    goal: bool = True
    names: bool = True
    targets: bool = False


@dataclass(frozen=True)
class Plan:
    """The changes of one save, and by new row keys the labels of classes that this year's edition lacks.

    `added` counts new rows, `filled` other blank cells that are filled, and `kept` cells that keep different content.
    `unmapped` lists the chosen content for which this year's edition has no place.
    """

    changes: tuple[Change, ...]
    labels: Mapping[str, tuple[str, str]]
    added: int
    filled: int
    kept: int
    unmapped: tuple[UnmappedText, ...]


def approved(filing: Filing) -> ApprovedTable | None:
    """Return last year's approved table, the same one that the rules compare with; None without one."""
    copy = _copies(filing).select_related("revision", "filing__cycle__edition").order_by("-pk").first()
    if copy is None:
        return None
    return ApprovedTable(copy, LastYear(copy.revision.document(), copy.filing.cycle.edition.definition()))


def is_available(filing: Filing) -> bool:
    """Whether there is an approved table of last year. Takes one query."""
    return _copies(filing).exists()


def _copies(filing: Filing) -> QuerySet[IssuedCopy]:
    return IssuedCopy.objects.filter(
        live=True, filing__department=filing.department_id, filing__cycle__year=filing.cycle.year - 1
    )


def plan(draft: Draft, last: LastYear, choice: Choice) -> Plan:
    """Plan carrying over into a draft. Raises StepRefused if it would exceed the limit of rows."""
    carried = carry(last.document, last.edition, draft.edition)
    document = carried.document
    addition = Addition(draft)
    for cell, text in _texts(document, choice).items():
        addition.fill(cell, text)
    if choice.duties:
        addition.rows("duties", [NewRow(duty.key, {"text": duty.text}) for duty in document.duties])
    if choice.tasks:
        addition.rows("tasks", _tasks(document, draft.edition, choice))
    addition.rows("indicators", _indicators(document, draft.edition, choice), adds=choice.names)
    unmapped = tuple(item for item in carried.unmapped if _is_chosen(item.place, choice))
    return Plan(tuple(addition.changes), addition.labels, addition.added, addition.filled, addition.kept, unmapped)


@transaction.atomic
def adopt(filing: Filing, last: LastYear, choice: Choice, *, by: User) -> Plan:
    """Carry over as one save, preceded by a restore point. Repeating it changes nothing.

    Raises StepRefused if the filing is not editable or the rows exceed the limit; then nothing has changed.
    """
    lock_draft(filing)
    planned = plan(load(filing), last, choice)
    client_id = f"{CLIENT_ID_PREFIX}{uuid4().hex}"
    apply_changes(filing, planned.changes, planned.labels, by=by, client_id=client_id, point=PointKind.LAST_YEAR)
    return planned


def last_values(context: RuleContext) -> dict[Place, str]:
    """Map this year's target and amount cells to last year's approved texts. Rows are paired as in the rules."""
    last = context.known.last_year
    if last is None:
        return {}
    values = {pair.now.target_place: pair.before.row.target for pair in pair_rows(context.rows, last.rows).pairs}
    amounts = carry(replace(last.document, indicators=()), last.edition, context.edition).document.amounts
    values |= {place.amount(line): text for line, text in amounts.items()}
    return {cell: text for cell, text in values.items() if text}


def _is_chosen(cell: Place, choice: Choice) -> bool:
    """Whether the content of last year's cell is chosen to be carried over."""
    match cell.section, cell.column or cell.key:
        case "fields", key:
            return choice.fields and key not in _DATED_FIELDS
        case ("amounts", _) | ("tasks", "amount"):
            return choice.money
        case "tasks", _:
            return choice.tasks
        case "duties", _:
            return choice.duties
        case "goals", _:
            return choice.goal
    return choice.names


def _texts(document: FilingDocument, choice: Choice) -> dict[Place, str]:
    """Return the chosen texts of cells outside rows."""
    texts: dict[Place, str] = {}
    if choice.fields:
        texts |= {place.field(key): text for key, text in document.fields.items() if key not in _DATED_FIELDS}
    if choice.money:
        texts |= {place.amount(line): text for line, text in document.amounts.items()}
    if choice.goal:
        texts[place.goal()] = document.goal
    return texts


def _tasks(document: FilingDocument, edition: Edition, choice: Choice) -> list[NewRow]:
    chosen = [column.key for column in edition.task_columns if choice.money or column.key != "amount"]
    return [
        NewRow(
            task.key,
            {column.key: task.cells[column.key] if column.key in chosen else "" for column in edition.task_columns},
        )
        for task in document.tasks
    ]


def _indicators(document: FilingDocument, edition: Edition, choice: Choice) -> list[NewRow]:
    rows = []
    for row in document.indicators:
        texts = {"node": row.node or "", "name": row.name}
        texts |= {column.key: row.more.get(column.key, "") for column in edition.further_columns if choice.names}
        texts["target"] = row.target if choice.targets else ""
        rows.append(NewRow(row.key, texts, ("", "") if row.node else (row.first_level, row.second_level)))
    return rows
