"""Composed tables as files of each kind, written by other libraries than the program's own writers."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from io import BytesIO

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.file import CannotRead
from filings.formats.readers.pdf import read as pdf_reader
from filings.formats.readers.spreadsheet import read as spreadsheet_reader
from filings.formats.readers.text import read as text_reader
from filings.formats.readers.web import read as web_reader
from filings.formats.readers.word import read as word_reader
from filings.table.grid import Grid
from filings.tests.corpus.composed import Composed, SourceCell, SourceTable

_PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>
@page {{ size: A4; margin: 15mm }} body {{ font: 9pt "Noto Serif SC" }}
table {{ border-collapse: collapse; width: 100% }} td {{ border: 1px solid black; padding: 2px }}
</style>{}"""
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_PERCENTAGE = re.compile(r"(\d{1,3})%", re.ASCII)


def web_page(table: Composed) -> bytes:
    return _PAGE.format(table.source).encode()


def word(table: Composed) -> bytes:
    document, file = Document(), BytesIO()
    for block in table.blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        grid = document.add_table(block.rows, block.columns, "Table Grid")
        for cell in block.cells:
            first = grid.cell(cell.row, cell.column)
            last = grid.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1)
            (first if first is last else first.merge(last)).text = cell.text
    document.save(file)
    return file.getvalue()


def workbook(table: Composed) -> bytes:
    """Write a workbook with numbers and percentages as such."""
    book, file = Workbook(), BytesIO()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    width = max((block.columns for block in table.blocks if isinstance(block, SourceTable)), default=1)
    top = 1
    for block in table.blocks:
        lines = (SourceCell(block, 0, 0, 1, width),) if isinstance(block, str) else block.cells
        for cell in lines:
            _fill(sheet, cell, top)
        top += 1 if isinstance(block, str) else block.rows
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, cell: SourceCell, top: int) -> None:
    written = sheet.cell(top + cell.row, cell.column + 1)
    if percentage := _PERCENTAGE.fullmatch(cell.text):
        written.value, written.number_format = float(Decimal(percentage[1]) / 100), "0%"
    else:
        written.value = float(cell.text) if _NUMBER.fullmatch(cell.text) else cell.text
    written.alignment = Alignment(wrap_text=True)
    if cell.rows > 1 or cell.columns > 1:
        row, column = top + cell.row, cell.column + 1
        sheet.merge_cells(None, row, column, row + cell.rows - 1, column + cell.columns - 1)


def print_out(table: Composed) -> bytes:
    from filings.formats.pdf import weasyprint_engine  # slow to import

    return bytes(weasyprint_engine.render(_PAGE.format(table.source), {}).write_pdf())


def pasted(table: Composed, *, covered: bool) -> str:
    """Return the text that a spreadsheet copies; without `covered`, positions below merged cells are missing."""
    return "\n".join("\t".join(map(_quoted, row)) for row in _rows(table, covered=covered))


def one_cell_a_line(table: Composed) -> str:
    """Return the text of a table that has lost its columns; blank cells are lost, and a text may take several lines."""
    return "\n".join(text for row in _rows(table, covered=False) for text in row if text)


def _rows(table: Composed, *, covered: bool) -> Iterator[list[str]]:
    for block in table.blocks:
        if isinstance(block, str):
            yield [block]
        else:
            yield from block.by_row(covered=covered)


def _quoted(text: str) -> str:
    return f'"{text}"' if "\n" in text else text


def _read_text(text: Callable[[Composed], str], table: Composed) -> list[Grid]:
    return list(text_reader.read(text(table)))


def _read_pdf(table: Composed) -> list[Grid]:
    """Read a printed page; nothing if the reader refuses it."""
    try:
        return list(pdf_reader.read(print_out(table)))
    except CannotRead:
        return []


# How the file of each kind is made and read, by name. Readers run in this process.
KINDS: Mapping[str, Callable[[Composed], list[Grid]]] = {
    "docx": lambda table: list(word_reader.read(word(table))),
    "xlsx": lambda table: list(spreadsheet_reader.read(workbook(table))),
    "html": lambda table: list(web_reader.read(web_page(table))),
    "pdf": _read_pdf,
    "pasted": partial(_read_text, partial(pasted, covered=True)),
    "pasted without merged cells": partial(_read_text, partial(pasted, covered=False)),
    "one cell a line": partial(_read_text, one_cell_a_line),
}
