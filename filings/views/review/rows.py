"""Names and values of the table's rows, as remarks quote them."""

from collections.abc import Mapping
from dataclasses import dataclass

from filings.document import place
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.text import bare
from filings.rules.money.budget import name_of

_LONGEST_NAME = 40


@dataclass(frozen=True)
class QuotedRow:
    """What a canned remark fills in: the name of a row and its value, '' if it has none."""

    name: str
    value: str = ""


def quoted_rows(document: FilingDocument, edition: Edition) -> Mapping[Place, QuotedRow]:
    """Return the rows by the place that takes their remarks."""
    rows = {place.node(node.key): QuotedRow(bare(node.label)) for levels in edition.leaves() for node in levels}
    rows |= {
        place.amount(line.key): QuotedRow(name_of(line), document.amounts.get(line.key, "")) for line in edition.lines
    }
    rows |= {place.duty(duty.key): QuotedRow(_short(duty.text)) for duty in document.duties}
    rows |= {place.goal(number): QuotedRow("整体绩效目标") for number in range(max(1, len(document.goals)))}
    rows |= {place.task(task.key): _task(task.cells) for task in document.tasks}
    rows |= {place.indicator(row.key): QuotedRow(row.name, row.target) for row in document.indicators}
    return rows


def _task(cells: Mapping[str, str]) -> QuotedRow:
    return QuotedRow(_short(cells.get("name") or next(iter(cells.values()), "")), cells.get("amount", ""))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
