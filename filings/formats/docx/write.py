"""Writes the table as a Word document: real merged cells, each text in one cell, as on paper and ready to be edited."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from html import escape
from io import BytesIO
from itertools import accumulate, pairwise

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from filings.formats.docx import style as look
from filings.formats.office_package import frozen, in_xml
from filings.table.grid import Cell, Grid, Join, Row, Style

# What python-docx lets a property hold.
LONGEST_TITLE = 255
_KEPT = frozenset(
    {
        RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
        RELATIONSHIP_TYPE.CORE_PROPERTIES,
        RELATIONSHIP_TYPE.STYLES,
        RELATIONSHIP_TYPE.SETTINGS,
    }
)
_TEXT = '<w:t xml:space="preserve">'


def write(grid: Grid, *, made_at: datetime) -> bytes:
    """The Word document. The same input gives the same bytes; `made_at` is the date that the file carries."""
    document = Document(BytesIO(_empty()))
    section = document.element.body.sectPr
    for block in _elements(_body(grid)):
        section.addprevious(block)
    title = next((cell.content for cell in grid.above if cell.style is Style.TITLE), "")
    _set_properties(document, in_xml(title), made_at)
    saved = BytesIO()
    document.save(saved)
    return frozen(saved)


def _body(grid: Grid) -> str:
    above = "".join(_paragraphs(cell, stays_with_next=True) for cell in grid.above)
    lines = grid.signatures
    below = "".join(_signatures(cells, stays_with_next=cells is not lines[-1]) for cells in lines)
    table = _table(_with_signatures(_unjoined(grid))) if grid.rows else ""
    return f"{above}{table}{below or _paragraph('', look.END.key)}"


def _signatures(cells: tuple[Cell, ...], stays_with_next: bool) -> str:
    """One line below the table, or two beside each other with a tab between them."""
    if len(cells) == 1:
        return _paragraphs(cells[0], stays_with_next)
    text = "\t".join(in_xml(cell.content).replace("\t", " ") for cell in cells)
    return _paragraph(text, look.SIGNATURES.key, stays_with_next)


def _unjoined(grid: Grid) -> Grid:
    """The same table, each text one cell: rows that go on with the one above are further lines of it."""
    begins = [at == 0 or not row.join for at, row in enumerate(grid.rows)]
    before = list(accumulate(begins, initial=0))
    rows: list[Row] = []
    for at, row in enumerate(grid.rows):
        if begins[at]:
            ends = (min(at + cell.rows, len(begins)) for cell in row.cells)
            cells = (replace(cell, rows=before[end] - before[at]) for cell, end in zip(row.cells, ends, strict=True))
            rows.append(replace(row, cells=tuple(cells)))
        else:
            *others, last = rows[-1].cells
            glue = "\n" if row.join is Join.LINE else ""
            whole = replace(last, text=f"{last.content}{glue}{row.cells[-1].content}", before="", after="")
            rows[-1] = replace(rows[-1], cells=(*others, whole))
    return replace(grid, rows=tuple(rows))


def _with_signatures(grid: Grid) -> Grid:
    """The same table, its last row kept with the lines below it: nobody signs on a page without anything else."""
    *others, last = grid.rows
    return replace(grid, rows=(*others, replace(last, stays_with_next=last.stays_with_next or bool(grid.below))))


def _table(grid: Grid) -> str:
    ends = _column_ends(grid)
    columns = "".join(f'<w:gridCol w:w="{end - start}"/>' for start, end in pairwise(ends))
    rows = "".join(_row(row, reaching, ends) for reaching, row in grid.rows_with_spanning())
    return f"<w:tbl>{look.TABLE}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _column_ends(grid: Grid) -> list[int]:
    """Where the columns begin and end, in Word's units."""
    return [round(look.TABLE_WIDTH * end / sum(grid.widths)) for end in accumulate(grid.widths, initial=0)]


def _row(row: Row, reaching: tuple[Cell, ...], ends: list[int]) -> str:
    """A row is kept on one page, but for one of prose, which may be longer than a page."""
    is_whole = all(cell.style is not Style.PROSE for cell in row.cells)
    cells = "".join(
        _cell(cell, ends, stays_with_next=row.stays_with_next, goes_on=cell in reaching)
        for cell in _without_gaps((*row.cells, *reaching), len(ends) - 1)
    )
    return f"<w:tr>{'<w:trPr><w:cantSplit/></w:trPr>' if is_whole else ''}{cells}</w:tr>"


def _without_gaps(cells: tuple[Cell, ...], columns: int) -> Iterator[Cell]:
    """The cells by column, with an empty one wherever none stands."""
    at = 0
    for cell in sorted(cells, key=lambda cell: cell.column):
        if cell.column > at:
            yield Cell("", at, cell.column - at)
        yield cell
        at = cell.column + cell.columns
    if at < columns:
        yield Cell("", at, columns - at)


def _cell(cell: Cell, ends: list[int], *, stays_with_next: bool, goes_on: bool) -> str:
    width = ends[cell.column + cell.columns] - ends[cell.column]
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    begins = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    across = "top" if cell.style is Style.PROSE else "center"
    inside = _paragraphs(replace(cell, text="", before="", after="") if goes_on else cell, stays_with_next)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{"<w:vMerge/>" if goes_on else begins}'
        f'<w:vAlign w:val="{across}"/></w:tcPr>{inside}</w:tc>'
    )


def _paragraphs(cell: Cell, stays_with_next: bool = False) -> str:
    """Prose is a paragraph a line; any other text is one paragraph, with breaks."""
    text = in_xml(cell.content)
    lines = text.split("\n") if cell.style is Style.PROSE else [text]
    return "".join(_paragraph(line, look.of(cell.style).key, stays_with_next) for line in lines)


def _paragraph(text: str, style: str, stays_with_next: bool = False) -> str:
    keep = "<w:keepNext/>" if stays_with_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{_run(text) if text else ""}</w:p>'


def _run(text: str) -> str:
    inside = escape(text).replace("\n", f"</w:t><w:br/>{_TEXT}").replace("\t", f"</w:t><w:tab/>{_TEXT}")
    return f"<w:r>{_TEXT}{inside}</w:t></w:r>"


def _elements(xml: str) -> list[BaseOxmlElement]:
    return list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))


@cache
def _empty() -> bytes:
    """A document of our page and looks without a word in it, made once.

    What python-docx begins with carries a preview, a program's name and 160 styles that are not ours.
    """
    document = Document()
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype not in _KEPT]:
            del relations[key]
    _refill(document.styles.element, look.styles())
    _refill(document.settings.element, look.SETTINGS)
    _set_page(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _refill(element: BaseOxmlElement, xml: str) -> None:
    element[:] = _elements(xml)


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Mm(look.PAGE_WIDTH_MM), Mm(look.PAGE_HEIGHT_MM)
    section.left_margin = section.right_margin = Mm(look.SIDE_MM)
    section.top_margin, section.bottom_margin = Mm(look.TOP_MM), Mm(look.BOTTOM_MM)
    section.header_distance = section.footer_distance = Mm(look.FOOT_MM)
    section.footer.is_linked_to_previous = False
    _refill(section.footer.part.element, look.PAGE_NUMBERS)
    # A grid of lines would stretch the rows.
    for grid in document.element.body.sectPr.xpath("w:docGrid"):
        grid.getparent().remove(grid)


def _set_properties(document: WordDocument, title: str, made_at: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.language = title[:LONGEST_TITLE], "zh-CN"
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = made_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
