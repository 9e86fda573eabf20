"""Rows of the open data, by name of the resource. The columns are described in fixtures/public/datapackage.json."""

from collections.abc import Callable, Iterator, Mapping

from filings import local_time
from filings.choices import Side, TargetKind
from filings.document import money, target
from filings.document.content import IndicatorRow
from filings.document.edition import AmountLine, Edition
from filings.public_data.tables import PublicTable
from filings.verification_code import formatted

# None and '' are blank values.
DataRow = dict[str, object]


def _tables(table: PublicTable) -> Iterator[DataRow]:
    publication, copy = table.publication, table.publication.copy
    yield {
        "year": publication.year,
        "department_code": publication.department_code,
        "department_name": publication.department_name,
        "title": publication.title,
        "edition": table.document.edition,
        "version": copy.revision.number,
        "approved_on": local_time.day(publication.approved_at),
        "published_on": local_time.day(publication.at),
        "total": table.document.amount(table.edition.total.key, table.edition).value,
        "verification_code": formatted(copy.code),
        "pdf_sha256": copy.sha256,
        "page": table.address,
    }


def _amounts(table: PublicTable) -> Iterator[DataRow]:
    for side, line in _lines(table.edition):
        amount = table.document.amount(line.key, table.edition)
        if not amount.is_blank:
            label = "".join(line.label.split()).rstrip("：:")
            yield {"line": line.key, "side": side, "label": label, "amount": amount.value, "text": amount.text}


def _lines(edition: Edition) -> Iterator[tuple[Side | None, AmountLine]]:
    yield None, edition.total
    for split in edition.splits:
        yield from ((split.side, line) for line in split.lines)


def _duties(table: PublicTable) -> Iterator[DataRow]:
    for number, duty in enumerate(table.document.duties, start=1):
        yield {"number": number, "text": duty.text}


def _goals(table: PublicTable) -> Iterator[DataRow]:
    for number, goal in enumerate(table.document.goals, start=1):
        yield {"number": number, "text": goal}


def _tasks(table: PublicTable) -> Iterator[DataRow]:
    for number, task in enumerate(table.document.tasks, start=1):
        amount = money.parse(task.cells.get("amount", ""), table.edition.unit)
        texts = {"name": task.cells.get("name", ""), "content": task.cells.get("content", "")}
        yield {"number": number, **texts, "amount": amount.value, "text": amount.text}


def _indicators(table: PublicTable) -> Iterator[DataRow]:
    for number, row in enumerate(table.document.indicators, start=1):
        levels = table.edition.levels(row.node) if row.node else None
        names = {"first_level": row.first_level, "second_level": row.second_level, "name": row.name}
        node = levels[1].canonical if levels else None
        yield {"number": number, "node": node, **names, "target": row.target, **_parsed(row), **row.more}


def _parsed(row: IndicatorRow) -> DataRow:
    parsed = target.parse(row.target)
    if parsed is None:
        return {}
    is_date = parsed.kind is TargetKind.DATE
    ends = ("from", "until") if is_date else ("low", "high")
    return {
        "kind": parsed.kind,
        "comparator": parsed.comparator,
        "value": parsed.number,
        "unit": parsed.unit,
        **dict(zip(ends, (parsed.low, parsed.high), strict=True)),
    }


RESOURCES: Mapping[str, Callable[[PublicTable], Iterator[DataRow]]] = {
    "tables": _tables,
    "amounts": _amounts,
    "duties": _duties,
    "goals": _goals,
    "tasks": _tasks,
    "indicators": _indicators,
}
