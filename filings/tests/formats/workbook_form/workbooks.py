"""Workbook forms for tests: write them, and change them as officers do."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from filings.document import place
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, TaskRow, compose
from filings.document.edition import Edition
from filings.document.place import Place
from filings.formats.workbook_form import read as workbook_reader
from filings.formats.workbook_form import write as workbook_form
from filings.formats.workbook_form.identity import SHEET_PREFIX, Identity
from filings.formats.workbook_form.keys import SheetPosition
from filings.formats.workbook_form.read import FilledWorkbook
from filings.tests.founding import EDITION, founding_document

AT = datetime(2022, 1, 5, 9, 30, tzinfo=UTC)
IDENTITY = Identity("17", EDITION.code, EDITION.sha256, "中共衡东县委组织部", 2022)
STANDARD, TASKS = editions()["standard-2024"], editions()["task-table"]


def written(
    document: FilingDocument, edition: Edition = EDITION, *, identity: Identity = IDENTITY, blank_rows: int = 5
) -> bytes:
    return workbook_form.write(document, edition, identity, made_at=AT, blank_rows=blank_rows)


def founding_form() -> bytes:
    return written(founding_document())


def standard_document() -> FilingDocument:
    """Return a document of the edition with scores and with target values in three columns."""
    rows = [
        IndicatorRow("k1", "OUT.QTY", "", "", "培训干部", "≥300人次", {"weight": "10"}),
        IndicatorRow("k2", "OUT.QTY", "", "", "编印简报", "12期", {"weight": "5.50"}),
        IndicatorRow("k3", "SAT.SERV", "", "", "干部满意度", "≥90%", {}),
    ]
    fields = {"department": "县委组织部", "execution": "100%"}
    return compose(STANDARD, year=2024, fields=fields, amounts={"TOTAL": "550.13"}, indicators=rows)


def task_document() -> FilingDocument:
    """Return a document of the edition with tasks."""
    tasks = [TaskRow("t1", {"name": "培训", "content": "办班12期", "amount": "100"}), TaskRow("t2", {"name": "调研"})]
    return compose(TASKS, year=2024, fields={}, amounts={"TOTAL": "100.5"}, tasks=tasks)


def texts_of(document: FilingDocument, edition: Edition) -> dict[Place, str]:
    """Return the text of every input that the workbook form of a document has."""
    texts = {place.field(key): document.fields.get(key, "") for key in edition.field_keys}
    texts |= {place.amount(line.key): document.amounts.get(line.key, "") for line in edition.lines}
    texts |= {place.duty(duty.key): duty.text for duty in document.duties}
    texts |= {place.goal(index): text for index, text in enumerate(document.goals or ("",))}
    for row in document.indicators:
        further = {column.key: row.more.get(column.key, "") for column in edition.further_columns}
        cells = {"name": row.name, "target": row.target} | further
        texts |= {place.indicator(row.key, column): text for column, text in cells.items()}
    for task in document.tasks:
        cells = {column.key: task.cells.get(column.key, "") for column in edition.task_columns}
        texts |= {place.task(task.key, column): text for column, text in cells.items()}
    return texts


def back(data: bytes) -> FilledWorkbook:
    filled = workbook_reader.read(data)
    assert filled is not None
    return filled


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def unlocked(data: bytes) -> set[SheetPosition]:
    """Return all unlocked cells of the table in the file, including those covered by merged cells."""
    return {position for position, cell in _as_stored(data).items() if not cell.protection.locked}


def tinted(data: bytes) -> set[SheetPosition]:
    """Return the cells of the table filled with the colour of inputs."""
    return cells_of_colour(_as_stored(data), str(workbook_form.TINT.fgColor.rgb))


def cells_of_colour(cells: Mapping[SheetPosition, Any], colour: str) -> set[SheetPosition]:
    """Return the cells filled with a colour."""
    return {position for position, cell in cells.items() if cell.fill.fgColor.rgb == colour}


def cells_of(sheet: Worksheet) -> dict[SheetPosition, Cell | MergedCell]:
    """Return all cells of a sheet."""
    rows = enumerate(sheet.iter_rows(), start=1)
    return {SheetPosition(row, column): cell for row, cells in rows for column, cell in enumerate(cells, start=1)}


def _as_stored(data: bytes) -> dict[SheetPosition, Any]:
    """Read the table in read-only mode, because openpyxl otherwise recreates the cells covered by merged ones."""
    cells = cells_of(load_workbook(BytesIO(data), read_only=True).worksheets[0])
    return {position: cell for position, cell in cells.items() if isinstance(cell, ReadOnlyCell)}


def changed(data: bytes, change: Callable[[Worksheet], object]) -> bytes:
    """Return the workbook after a change of its table."""
    return changed_book(data, lambda book: change(book.worksheets[0]))


def changed_book(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Return the workbook after a change."""
    book = opened(data)
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def typed(data: bytes, target: Place, value: str | float, number_format: str = "") -> bytes:
    """Return the workbook after typing into an input of the filing."""
    position = back(data).positions[target]

    def change(sheet: Worksheet) -> None:
        sheet.cell(position.row, position.column).value = value
        sheet.cell(position.row, position.column).number_format = number_format or "General"

    return changed(data, change)


def keys_column(sheet: Worksheet) -> int:
    """Return the number of the hidden column of row keys."""
    (column,) = [column for column, cell in enumerate(sheet[1], 1) if str(cell.value).startswith(SHEET_PREFIX)]
    return column


def rows_of(sheet: Worksheet, key: str) -> list[int]:
    """Return the numbers of the rows whose keys contain a text."""
    column = keys_column(sheet)
    return [row for row in range(2, sheet.max_row + 1) if key in str(sheet.cell(row, column).value)]


def inputs_of(sheet: Worksheet, row: int) -> list[Cell]:
    """Return the unlocked cells of a row that can be selected."""
    cells = sheet[row]
    return [cell for cell in cells if not cell.protection.locked and not isinstance(cell, MergedCell)]
