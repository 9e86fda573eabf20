"""Expectations of samples: the flat shape of the document, warnings and leftovers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, TaskRow, compose
from filings.document.edition import Edition
from filings.document.flat_json import flatten
from filings.tests.samples.departments import SampleDepartment, SampleRow

HUNAN, STANDARD, TASKS = "hunan-county-2022", "standard-2024", "task-table"


@dataclass(frozen=True)
class Sample:
    """A file, its name and its expectation."""

    name: str
    data: bytes
    expected: Mapping[str, Any]


def shape(document: FilingDocument, edition: Edition) -> dict[str, Any]:
    """Flatten a document, with the further fields, columns and tasks that other editions have."""
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
    """Shape of a department's table; `nodes` are the classes of its rows if the labels are of another edition."""
    edition = editions()[code]
    total, general, basic, project = plan.money
    usual = {"TOTAL": total, "INC.GENERAL": general, "EXP.BASIC": basic, "EXP.PROJECT": project}
    listed = plan.rows if rows is None else rows
    classes = nodes or [None] * len(listed)
    document = compose(
        edition,
        year=plan.year or None,
        fields={"department": plan.name} | dict(fields or {}),
        amounts=usual if amounts is None else amounts,
        duties=[(f"r{number}", text) for number, text in enumerate(plan.duties, start=1)],
        goals=[plan.goal],
        indicators=[
            IndicatorRow(f"r{number}", node, row.first, row.second, row.name, row.value, row.more)
            for number, (row, node) in enumerate(zip(listed, classes, strict=True), start=1)
        ],
        tasks=[TaskRow(f"r{number}", cells) for number, cells in enumerate(tasks, start=1)],
    )
    return shape(document, edition)


def reads(
    table: Mapping[str, Any],
    code: str = HUNAN,
    *,
    warnings: Mapping[str, str] | None = None,
    leftovers: Sequence[str] = (),
    others: Sequence[str] = (),
    tables: int = 1,
    is_project: bool = False,
    remarks: Sequence[str] = (),
    office: bool = False,
) -> dict[str, Any]:
    """Expect the first table of a file; `others` are the texts outside all tables."""
    return {
        "edition": code,
        "table": table,
        "warnings": dict(warnings or {}),
        "left": list(leftovers),
        "others": list(others),
        "tables": tables,
        "is_project": is_project,
        "remarks": list(remarks),
        "office": office,
    }


def refuses(sentence: str) -> dict[str, Any]:
    """Expect that a file is refused."""
    return {"refused": sentence}
