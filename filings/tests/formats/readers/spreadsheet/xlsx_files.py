"""Workbooks for tests of the readers, written as XML so that they may hold whatever a program or a villain writes."""

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from filings.formats.readers.spreadsheet.read import read
from filings.table.grid import Cell, Grid

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(*sheets: str, codes: tuple[str, ...] = (), strings: tuple[str, ...] = (), settings: str = "") -> bytes:
    """A workbook of the sheets, each given as what stands in its <worksheet>; style 1 has the first of the codes."""
    numbers = range(1, len(sheets) + 1)
    names = "".join(f'<sheet name="表{at}" sheetId="{at}" r:id="rId{at}"/>' for at in numbers)
    targets = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in numbers]
    targets += [("rIdA", "styles", "styles.xml"), ("rIdB", "sharedStrings", "sharedStrings.xml")]
    relations = "".join(
        f'<Relationship Id="{identity}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for identity, kind, target in targets
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns:r="{_RELATION}">{settings}<sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
        "xl/styles.xml": _styles(codes),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{"".join(f"<si>{text}</si>" for text in strings)}</sst>',
    }
    for at, sheet in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{at}.xml"] = f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>'
    return zipped(parts)


def rows(*cells: str, merged: tuple[str, ...] = ()) -> str:
    """A worksheet's content: cells in one row, whatever row they name, and merged ranges."""
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    return f"<sheetData><row>{''.join(cells)}</row></sheetData><mergeCells>{merges}</mergeCells>"


def words(place: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def figure(place: str, value: str, style: int = 0) -> str:
    """A cell with a number."""
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def ods(*sheets: str) -> bytes:
    """An OpenDocument spreadsheet of the sheets, each given as what stands in its <table:table>."""
    tables = "".join(f'<table:table table:name="表{at}">{sheet}</table:table>' for at, sheet in enumerate(sheets, 1))
    spaces = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text", "calcext", "draw"))
    content = f"<office:document-content {spaces}>{tables}</office:document-content>"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def only(data: bytes) -> Grid:
    """The grid of a workbook that has one filled sheet."""
    [grid] = read(data)
    return grid


def spots(grid: Grid) -> list[tuple[int, int]]:
    """Every row and column that the grid's cells cover, once for each cell that does."""
    return sorted(
        (row, column)
        for at, line in enumerate(grid.rows)
        for cell in line.cells
        for row in range(at, at + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    )


def filled(grid: Grid) -> dict[tuple[int, int], Cell]:
    """The cells in which anything stands or is flagged, by row and column."""
    return {
        (at, cell.column): cell for at, row in enumerate(grid.rows) for cell in row.cells if cell.text or cell.warning
    }


def _styles(codes: tuple[str, ...]) -> str:
    formats = "".join(
        f'<numFmt numFmtId="{at}" formatCode={quoteattr(code)}/>' for at, code in enumerate(codes, start=200)
    )
    styles = "".join(f'<xf numFmtId="{at}"/>' for at in range(200, 200 + len(codes)))
    # Named styles come first, and are not what a cell's style counts.
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    )
