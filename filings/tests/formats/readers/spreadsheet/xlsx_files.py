"""Build workbooks from XML, so that tests can contain anything that a program or an attacker may write."""

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
    """Build a workbook of sheets, given as the content of <worksheet>; style 1 has the first of the format codes."""
    numbers = range(1, len(sheets) + 1)
    names = "".join(f'<sheet name="表{number}" sheetId="{number}" r:id="rId{number}"/>' for number in numbers)
    targets = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
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
    for number, sheet in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>'
    return zipped(parts)


def rows(*cells: str, merged: tuple[str, ...] = ()) -> str:
    """Build the content of a worksheet: cells, in one row element whatever their reference, and merged ranges."""
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    return f"<sheetData><row>{''.join(cells)}</row></sheetData><mergeCells>{merges}</mergeCells>"


def text_cell(reference: str, text: str) -> str:
    """Build a cell with an inline string."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def number_cell(reference: str, value: str, style: int = 0) -> str:
    """Build a cell with a number."""
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def ods(*sheets: str) -> bytes:
    """Build an OpenDocument spreadsheet of sheets, given as the content of <table:table>."""
    tables = "".join(
        f'<table:table table:name="表{number}">{sheet}</table:table>' for number, sheet in enumerate(sheets, 1)
    )
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
    """Read a workbook with one filled sheet; return its grid."""
    [grid] = read(data)
    return grid


def positions(grid: Grid) -> list[tuple[int, int]]:
    """List every row and column that cells of the grid cover, once for each covering cell."""
    return sorted(
        (row, column)
        for number, line in enumerate(grid.rows)
        for cell in line.cells
        for row in range(number, number + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    )


def filled(grid: Grid) -> dict[tuple[int, int], Cell]:
    """Return the cells with text or warning by row and column."""
    return {
        (number, cell.column): cell
        for number, row in enumerate(grid.rows)
        for cell in row.cells
        if cell.text or cell.warning
    }


def _styles(codes: tuple[str, ...]) -> str:
    formats = "".join(
        f'<numFmt numFmtId="{key}" formatCode={quoteattr(code)}/>' for key, code in enumerate(codes, start=200)
    )
    styles = "".join(f'<xf numFmtId="{key}"/>' for key in range(200, 200 + len(codes)))
    # Named styles (cellStyleXfs) come first; cells refer to cellXfs.
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    )
