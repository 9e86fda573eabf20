"""What must come of a sample: the flat shape of the document that was meant, what is uncertain, what is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, TaskRow, compose
from filings.document.edition import Edition
from filings.document.flat_json import flatten
from filings.tests.samples.county import SampleDepartment, SampleRow

HUNAN, STANDARD, TASKS = "hunan-county-2022", "standard-2024", "task-table"


@dataclass(frozen=True)
class Sample:
    """A file by its name, with what stands in the file beside it."""

    name: str
    data: bytes
    expected: Mapping[str, Any]


def shape(document: FilingDocument, edition: Edition) -> dict[str, Any]:
    """The flat shape, and what the forms have beyond it: further fields, further columns, tasks."""
    beyond = {
        "fields": {key: text for key, text in document.fields.items() if text},
        "more": [dict(row.more) for row in document.indicators],
        "tasks": [dict(task.cells) for task in document.tasks],
    }
    return flatten(document, edition) | beyond


def meant(
    plan: SampleDepartment,
    code: str = HUNAN,
    *,
    nodes: Sequence[str | None] = (),
    fields: Mapping[str, str] | None = None,
    amounts: Mapping[str, str] | None = None,
    tasks: Sequence[Mapping[str, str]] = (),
    rows: Sequence[SampleRow] | None = None,
) -> dict[str, Any]:
    """A department's table on a form; `nodes` are the classes of its rows where the labels are another form's."""
    edition = editions()[code]
    total, general, basic, project = plan.money
    usual = {"TOTAL": total, "INC.GENERAL": general, "EXP.BASIC": basic, "EXP.PROJECT": project}
    found = plan.rows if rows is None else rows
    classes = nodes or [None] * len(found)
    document = compose(
        edition,
        year=plan.year or None,
        fields={"department": plan.name} | dict(fields or {}),
        amounts=usual if amounts is None else amounts,
        duties=[(f"r{at}", text) for at, text in enumerate(plan.duties, start=1)],
        goals=[plan.goal],
        indicators=[
            IndicatorRow(f"r{at}", node, row.first, row.second, row.name, row.value, row.more)
            for at, (row, node) in enumerate(zip(found, classes, strict=True), start=1)
        ],
        tasks=[TaskRow(f"r{at}", cells) for at, cells in enumerate(tasks, start=1)],
    )
    return shape(document, edition)


def reads(
    table: Mapping[str, Any],
    code: str = HUNAN,
    *,
    warnings: Mapping[str, str] | None = None,
    left: Sequence[str] = (),
    others: Sequence[str] = (),
    tables: int = 1,
    is_project: bool = False,
    remarks: Sequence[str] = (),
    office: bool = False,
) -> dict[str, Any]:
    """What the first table of a file must give; `others` are the texts of the file that belong to no table."""
    return {
        "edition": code,
        "table": table,
        "warnings": dict(warnings or {}),
        "left": list(left),
        "others": list(others),
        "tables": tables,
        "is_project": is_project,
        "remarks": list(remarks),
        "office": office,
    }


def refuses(sentence: str) -> dict[str, Any]:
    return {"refused": sentence}
