"""Build Word documents from their XML elements; each function is named after its element."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from filings.formats.readers.word import read as word_reader
from filings.table.grid import Cell

OFFICE = "http://schemas.openxmlformats.org"
TYPES = f"{OFFICE}/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{OFFICE}/wordprocessingml/2006/main" xmlns:m="{OFFICE}/officeDocument/2006/math" '
    f'xmlns:mc="{OFFICE}/markup-compatibility/2006" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def relations(**targets: str) -> str:
    lines = (f'<Relationship Id="{kind}" Type="{TYPES}/{kind}" Target="{name}"/>' for kind, name in targets.items())
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{"".join(lines)}</Relationships>'


def packed(parts: dict[str, str]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def docx(body: str, *, numbering: str = "", styles: str = "") -> bytes:
    """Build a document with this body, following the schema of the standard."""
    return packed(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/_rels/document.xml.rels": relations(numbering="numbering.xml", styles="/word/styles.xml"),
            "word/document.xml": f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/numbering.xml": f"<w:numbering {NAMES}>{numbering}</w:numbering>",
            "word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>",
        }
    )


def t(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def p(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def tc(inside: str = p(""), properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, columns: int = 0) -> str:
    grid = "<w:gridCol/>" * columns
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


BEGINS, CONTINUES = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def only_cell(inside: str, *, numbering: str = "", styles: str = "") -> Cell:
    """Read a document with a single cell that has this inside; return the cell."""
    (grid,) = word_reader.read(docx(tbl(tr(tc(inside))), numbering=numbering, styles=styles))
    ((cell,),) = (row.cells for row in grid.rows)
    return cell


def level(depth: int, number_format: str, pattern: str, more: str = "") -> str:
    inside = f'<w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}<w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inside}</w:lvl>'


def kind(*levels: str, number: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int = 0, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def item(text: str, number: int = 1, depth: int = 0) -> str:
    return p(t(text), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')
