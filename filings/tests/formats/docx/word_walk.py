"""A Word document as a reader meets it: its texts in order, and the cells of its table with what they cover."""

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
    """A cell that stands in a document: its text, its style, where it begins, what it covers."""

    text: str
    style: str
    row: int
    column: int
    columns: int
    rows: int


def opened(grid: Grid) -> WordDocument:
    return Document(BytesIO(docx.write(grid, made_at=AT)))


def texts(document: WordDocument) -> Iterator[list[str]]:
    """Each paragraph outside of the table, and each row of it, as Grid.flow gives rows."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield [block.text]
        else:
            yield from ([text_of(cell) for cell in row.tc_lst] for row in block._tbl.tr_lst)


def spots(document: WordDocument) -> list[WordCell]:
    """The cells of the only table, in order; those that continue one above are counted to it."""
    table = document.tables[0]._tbl
    return [
        WordCell(text_of(cell), style_of(cell), at, cell.grid_offset, cell.grid_span, depth(table, at, cell))
        for at, row in enumerate(table.tr_lst)
        for cell in row.tc_lst
        if cell.vMerge != "continue"
    ]


def depth(table: CT_Tbl, at: int, cell: CT_Tc) -> int:
    """How many rows a cell covers."""
    rows = 1
    while cell.vMerge == "restart" and at + rows < len(table.tr_lst) and goes_on(table.tr_lst[at + rows], cell):
        rows += 1
    return rows


def goes_on(row: CT_Row, cell: CT_Tc) -> bool:
    beginning = (cell.grid_offset, cell.grid_span, "continue")
    return beginning in [(below.grid_offset, below.grid_span, below.vMerge) for below in row.tc_lst]


def text_of(cell: CT_Tc) -> str:
    return "\n".join(paragraph.text for paragraph in cell.p_lst)


def style_of(cell: CT_Tc) -> str:
    """The key of the style that all paragraphs of a cell have."""
    (style,) = {paragraph.style or "" for paragraph in cell.p_lst}
    return style


def whole_rows(table: Table) -> list[bool]:
    """For each row whether it is kept on one page."""
    return [bool(row.xpath("w:trPr/w:cantSplit")) for row in table._tbl.tr_lst]
