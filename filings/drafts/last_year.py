"""沿用上年: what of last year's approved table can be carried over into a draft, and the changes that do it.

Only blank cells are filled and rows added, under the keys that they had; whatever was typed stays. Which texts nobody
has looked at since: untouched.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from django.db import transaction

from filings.document import place
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.mapping import UnmappedText, carry
from filings.document.place import Place
from filings.drafts.apply import take
from filings.drafts.carried_over import ADOPTING
from filings.drafts.changes import Change
from filings.drafts.content import Draft, load
from filings.drafts.locking import hold
from filings.drafts.merge import Addition, NewRow
from filings.models import Filing, IssuedCopy, User
from filings.rules.finding import LastYear, RuleContext
from filings.rules.last_year.pairs import pair_rows

# When the table was filled in is nothing to carry over.
_OF_ITS_DAY = ("filled_on",)


@dataclass(frozen=True)
class ApprovedTable:
    """The department's table of last year: the copy in force, and what was approved on the form of that year."""

    copy: IssuedCopy
    table: LastYear


@dataclass(frozen=True)
class Choice:
    """Which parts are kept. Names come with the further columns of their rows; amounts of tasks are money."""

    fields: bool = True
    money: bool = False
    duties: bool = True
    tasks: bool = True
    goal: bool = True
    names: bool = True
    targets: bool = False


@dataclass(frozen=True)
class Plan:
    """What carrying over would do: the changes of one save, and the labels, by the keys of new rows, of classes that
    this year's form does not have.

    `added` rows, `filled` blank cells besides, `kept` cells in which something else stands and stays; `left` is what
    was to be kept and this year's form has no place for.
    """

    changes: tuple[Change, ...]
    labels: Mapping[str, tuple[str, str]]
    added: int
    filled: int
    kept: int
    left: tuple[UnmappedText, ...]


def approved(filing: Filing) -> ApprovedTable | None:
    """Last year's approved table, None when there is none: the one that the rules hold this year's against."""
    copies = IssuedCopy.objects.filter(
        live=True, filing__department=filing.department_id, filing__cycle__year=filing.cycle.year - 1
    )
    copy = copies.select_related("revision", "filing__cycle__edition").order_by("-pk").first()
    if copy is None:
        return None
    return ApprovedTable(copy, LastYear(copy.revision.document(), copy.filing.cycle.edition.definition()))


def plan(draft: Draft, last: LastYear, choice: Choice) -> Plan:
    """What carrying over would do to a draft. Raises StepRefused when there is no room for the rows."""
    carried = carry(last.document, last.edition, draft.edition)
    document = carried.document
    addition = Addition(draft)
    for at, text in _texts(document, choice).items():
        addition.fill(at, text)
    if choice.duties:
        addition.rows("duties", [NewRow(duty.key, {"text": duty.text}) for duty in document.duties])
    if choice.tasks:
        addition.rows("tasks", _tasks(document, draft.edition, choice))
    addition.rows("indicators", _indicators(document, draft.edition, choice), adds=choice.names)
    left = tuple(item for item in carried.unmapped if _is_kept(item.place, choice))
    return Plan(tuple(addition.changes), addition.labels, addition.added, addition.filled, addition.kept, left)


@transaction.atomic
def adopt(filing: Filing, last: LastYear, choice: Choice, *, by: User) -> Plan:
    """Carry over, as one save with a restore point before it. A second time there is nothing left to do.

    Raises StepRefused when the filing is no longer being filled in or there is no room, and then nothing has changed.
    """
    hold(filing)
    done = plan(load(filing), last, choice)
    take(filing, done.changes, done.labels, by=by, client_id=f"{ADOPTING}{uuid4().hex}")
    return done


def last_values(case: RuleContext) -> dict[Place, str]:
    """Last year's targets and amounts, as they were approved, by the cells of this year's that they belong to.

    Rows are paired as the rules pair them.
    """
    last = case.known.last_year
    if last is None:
        return {}
    found = {pair.now.target_place: pair.before.row.target for pair in pair_rows(case.rows, last.rows).pairs}
    amounts = carry(replace(last.document, indicators=()), last.edition, case.edition).document.amounts
    found |= {place.amount(line): text for line, text in amounts.items()}
    return {at: text for at, text in found.items() if text}


def _is_kept(at: Place, choice: Choice) -> bool:
    """Whether what stood at a place is to be kept."""
    match at.section, at.column or at.key:
        case "fields", key:
            return choice.fields and key not in _OF_ITS_DAY
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
    """What comes into cells that are in no row."""
    found: dict[Place, str] = {}
    if choice.fields:
        found |= {place.field(key): text for key, text in document.fields.items() if key not in _OF_ITS_DAY}
    if choice.money:
        found |= {place.amount(line): text for line, text in document.amounts.items()}
    if choice.goal:
        found[place.goal()] = document.goal
    return found


def _tasks(document: FilingDocument, edition: Edition, choice: Choice) -> list[NewRow]:
    kept = [column.key for column in edition.task_columns if choice.money or column.key != "amount"]
    return [
        NewRow(
            task.key,
            {column.key: task.cells[column.key] if column.key in kept else "" for column in edition.task_columns},
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
