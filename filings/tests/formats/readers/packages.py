"""Build small files for tests, so that each test shows what is special in its file."""

import struct
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document

ODT_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    ]
)


def packed(members: Mapping[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbook_package(**more: str) -> dict[str, str]:
    """The minimal parts by which a workbook is detected."""
    return {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"} | more


def document(*rows: tuple[str, ...]) -> bytes:
    """Build a .docx with one table."""
    made = Document()
    table = made.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    # Word always has a paragraph after a table.
    made.add_paragraph()
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def odt(body: str) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": mimetype, "META-INF/manifest.xml": ODT_MANIFEST, "content.xml": content})


def odt_table(*texts: str) -> str:
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
    columns = f'<table:table-column table:number-columns-repeated="{len(texts)}"/>'
    return f'<table:table table:name="T">{columns}<table:table-row>{cells}</table:table-row></table:table>'


def rtf(*texts: str, inside: str = "") -> bytes:
    """Build an RTF file with one row."""
    edges = "".join(rf"\cellx{column * 2000}" for column in range(1, len(texts) + 1))
    cells = "".join("".join(rf"\u{ord(character)}?" for character in text) + r"\cell" for text in texts)
    return rf"{{\rtf1\ansi {inside}\trowd{edges}\intbl {cells}\row\pard\par}}".encode()


def excel_xml(*texts: str) -> bytes:
    """Build an Excel 2003 XML workbook with one row."""
    cells = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in texts)
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="表"><Table><Row>{cells}</Row></Table></Worksheet></Workbook>'
    ).encode()


def word_xml(*texts: str) -> bytes:
    """Build a Word 2003 XML document with one row."""
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
    columns = '<w:gridCol w:w="2000"/>' * len(texts)
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        f"<w:body><w:tbl><w:tblGrid>{columns}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl><w:p/></w:body></w:wordDocument>"
    ).encode()


def compound(*streams: str) -> bytes:
    """Build a compound file with empty streams: a header, one sector of its table, and the directory."""
    names = ["Root Entry", *streams]
    sectors = -(-len(names) // 4)
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<2I", header, 44, 1, 1)
    struct.pack_into("<5I", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    directory = b"".join(
        # The streams are children of the root, each the right sibling of the one before.
        _entry(name, is_root=index == 0, right=index + 1 if 0 < index < len(streams) else 0xFFFFFFFF)
        for index, name in enumerate(names)
    )
    return bytes(header) + struct.pack("<128I", *table) + directory.ljust(sectors * 512, b"\0")


def _entry(name: str, *, is_root: bool, right: int) -> bytes:
    text = name.encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(text)] = text
    struct.pack_into(
        "<H2B3I", entry, 64, len(text) + 2, 5 if is_root else 2, 1, 0xFFFFFFFF, right, 1 if is_root else right
    )
    return bytes(entry)
