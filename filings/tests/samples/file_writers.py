"""Write tables of cells as files: Excel, Word, HTML, and conversions by LibreOffice."""

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from docx.document import Document as Docx
from docx.table import _Cell as DocxCell
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float


@dataclass(frozen=True)
class MergedCell:
    """A cell with the columns and rows that it spans. `look` is a number format of Excel.

    Without `is_formula`, a text that begins with = is stored as a text.
    """

    text: Value
    across: int = 1
    down: int = 1
    look: str = ""
    is_formula: bool = False


Item = Value | MergedCell | None
Rows = Sequence[Sequence[Item]]
_LINE = Side(style="thin")
_RULED = Border(_LINE, _LINE, _LINE, _LINE)


def placed(rows: Rows) -> Iterator[tuple[int, int, MergedCell]]:
    """Yield (row, column, cell), each in the first free column of its row, as in HTML."""
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(rows):
        column = 0
        for item in row:
            box = item if isinstance(item, MergedCell) else MergedCell("" if item is None else item)
            while (index, column) in taken:
                column += 1
            taken |= {(index + down, column + across) for down in range(box.down) for across in range(box.across)}
            yield index, column, box


def sheet_of(book: Workbook, name: str, rows: Rows) -> Worksheet:
    """Add a sheet with these rows and borders to a workbook."""
    sheet: Worksheet = book.create_sheet(name)
    for row, column, box in placed(rows):
        cell = sheet.cell(row + 1, column + 1)
        cell.border = _RULED
        if box.text != "":
            cell.value = box.text
        if isinstance(box.text, str) and not box.is_formula:
            cell.data_type = "s"
        if box.look:
            cell.number_format = box.look
        if box.across > 1 or box.down > 1:
            sheet.merge_cells(
                start_row=row + 1, start_column=column + 1, end_row=row + box.down, end_column=column + box.across
            )
    return sheet


def workbook(**sheets: Rows) -> Workbook:
    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet_of(book, name, rows)
    return book


def saved(made: Workbook | Docx) -> bytes:
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def xlsx(**sheets: Rows) -> bytes:
    return saved(workbook(**sheets))


def table_in(parent: Docx | DocxCell, rows: Rows) -> None:
    """Add a table with merged cells to a document or a cell."""
    boxes = list(placed(rows))
    width = max(column + box.across for _, column, box in boxes)
    table = parent.add_table(len(rows), width)
    table.style = "Table Grid"
    for row, column, box in boxes:
        cell = table.cell(row, column)
        if box.across > 1 or box.down > 1:
            cell = cell.merge(table.cell(row + box.down - 1, column + box.across - 1))
        cell.text = str(box.text)


def docx(*blocks: str | Rows) -> bytes:
    """Write a document of paragraphs and tables."""
    made = Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
        else:
            table_in(made, block)
    return saved(made)


def html_rows(rows: Rows) -> str:
    lines: dict[int, str] = dict.fromkeys(range(len(rows)), "")
    for row, _, box in placed(rows):
        spans = (f' colspan="{box.across}"' if box.across > 1 else "") + (
            f' rowspan="{box.down}"' if box.down > 1 else ""
        )
        lines[row] += f"<td{spans}>{str(box.text).replace(chr(10), '<br>')}</td>"
    return "".join(f"<tr>{cells}</tr>\n" for cells in lines.values())


def flat_rows(rows: Rows) -> list[list[str]]:
    """List the texts cell by cell; a merged cell has its text in the first one and '' in the others."""
    width = max(column + box.across for _, column, box in placed(rows))
    lines = [[""] * width for _ in rows]
    for row, column, box in placed(rows):
        lines[row][column] = str(box.text)
    return lines


def converted(data: bytes, extension: str, target: str) -> bytes:
    """Convert a file with LibreOffice."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"table.{extension}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", f"{folder}/made", str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (Path(folder) / "made" / f"table.{target.partition(':')[0]}").read_bytes()
