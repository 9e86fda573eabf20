"""Read back written Word documents with python-docx: texts in order, and table cells with their spans."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
from docx.table import Table
from docx.text.paragraph import Paragraph

from filings.formats.docx import write as docx
from filings.table.grid import Grid

AT = datetime(2022, 1, 5, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class WordCell:
    """A table cell: its text, the id of its style, its position and its spans."""

    text: str
    style: str
    row: int
    column: int
    columns: int
    rows: int


def opened(grid: Grid) -> WordDocument:
    return Document(BytesIO(docx.write(grid, made_at=AT)))


def texts(document: WordDocument) -> Iterator[list[str]]:
    """Yield paragraphs outside the table and rows of the table as lists of texts, in the format of Grid.flow."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield [block.text]
        else:
            yield from ([text_of(cell) for cell in row.tc_lst] for row in block._tbl.tr_lst)


def table_cells(document: WordDocument) -> list[WordCell]:
    """List the cells of the only table in order; continuations of a cell above count as part of it."""
    table = document.tables[0]._tbl
    return [
        WordCell(text_of(cell), style_of(cell), index, cell.grid_offset, cell.grid_span, row_span(table, index, cell))
        for index, row in enumerate(table.tr_lst)
        for cell in row.tc_lst
        if cell.vMerge != "continue"
    ]


def row_span(table: CT_Tbl, first: int, cell: CT_Tc) -> int:
    """Count the rows that a cell of the row `first` spans."""
    rows = 1
    while (
        cell.vMerge == "restart" and first + rows < len(table.tr_lst) and is_continued(table.tr_lst[first + rows], cell)
    ):
        rows += 1
    return rows


def is_continued(row: CT_Row, cell: CT_Tc) -> bool:
    continuation = (cell.grid_offset, cell.grid_span, "continue")
    return continuation in [(below.grid_offset, below.grid_span, below.vMerge) for below in row.tc_lst]


def text_of(cell: CT_Tc) -> str:
    return "\n".join(paragraph.text for paragraph in cell.p_lst)


def style_of(cell: CT_Tc) -> str:
    """Return the id of the style that all paragraphs of a cell have."""
    (style,) = {paragraph.style or "" for paragraph in cell.p_lst}
    return style


def unsplittable_rows(table: Table) -> list[bool]:
    """Return for each row whether it is kept on one page."""
    return [bool(row.xpath("w:trPr/w:cantSplit")) for row in table._tbl.tr_lst]
