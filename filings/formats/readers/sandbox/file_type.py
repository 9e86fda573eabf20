"""Detect the type of a file from its content. File names are ignored, because they are often wrong."""

import re
from enum import StrEnum
from io import BytesIO
from struct import error as StructError
from zipfile import ZipFile

from olefile import OleFileIO

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits


class FileType(StrEnum):
    """The file types that can be read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    EXCEL_XML = "excel-xml"
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    WORD_XML = "word-xml"
    PDF = "pdf"
    HTML = "html"
    MHTML = "mhtml"
    JSON = "json"
    TEXT = "text"


NAMES: dict[FileType, str] = {
    FileType.XLSX: "Excel 工作簿",
    FileType.XLSB: "Excel 二进制工作簿",
    FileType.XLS: "Excel 97—2003 工作簿",
    FileType.ODS: "OpenDocument 电子表格",
    FileType.EXCEL_XML: "Excel 2003 XML 表格",
    FileType.DOCX: "Word 文档",
    FileType.DOC: "Word 97—2003 文档",
    FileType.RTF: "RTF 文档",
    FileType.ODT: "OpenDocument 文档",
    FileType.WORD_XML: "Word XML 文档",
    FileType.PDF: "PDF 文件",
    FileType.HTML: "网页",
    FileType.MHTML: "单个文件的网页",
    FileType.JSON: "JSON 数据",
    FileType.TEXT: "文本",
}

# File name extensions of each type, the usual one first.
EXTENSIONS: dict[FileType, tuple[str, ...]] = {
    FileType.XLSX: (".xlsx", ".xltx", ".et", ".ett"),
    FileType.XLSB: (".xlsb",),
    FileType.XLS: (".xls", ".et", ".xlt", ".ett"),
    FileType.ODS: (".ods",),
    FileType.EXCEL_XML: (".xml",),
    FileType.DOCX: (".docx", ".dotx", ".wps", ".wpt"),
    FileType.DOC: (".doc", ".wps", ".dot", ".wpt"),
    FileType.RTF: (".rtf",),
    FileType.ODT: (".odt",),
    FileType.WORD_XML: (".xml",),
    FileType.PDF: (".pdf",),
    FileType.HTML: (".html", ".htm"),
    FileType.MHTML: (".mht", ".mhtml"),
    FileType.JSON: (".json",),
    FileType.TEXT: (".txt", ".tsv", ".csv"),
}

_MACROS = "文件含有宏，为安全起见不读取。请用 Excel、Word 或 WPS 打开它，另存为不带宏的 {extension}，再导入。"
_PICTURE = "文件是图片，里面的字不能直接读。请导入原来的 Word、Excel 文件；只有纸面时请在填报页里录入。"
_ARCHIVE = "文件是压缩包。请先解压，再导入里面的表格文件。"
_PROGRAM = "文件是程序，不是表格，未导入。请确认选对了文件。"
_SLIDES = "文件是演示文稿。请把其中的表格复制到 Word 或 Excel 里，另存后再导入。"
_OFD = "文件是 OFD 版式文件，不能直接读。请导入原来的 Word、Excel 文件，或在阅读器里另存为 PDF 再导入。"
_SHORTCUT = "文件只是快捷方式，不是表格本身。请找到它指向的原文件，再导入。"
_UNKNOWN = "无法识别文件类型。能导入的有：.xlsx、.xls、.docx、.doc、.pdf、网页和文本。请另存为其中一种再导入。"
_EMPTY = "文件是空的（{size} 字节，没有文字）。请确认选对了文件，或重新保存一次再导入。"
_XML_DATA = "文件是 XML 数据，不是 Word 或 Excel 的表格。请另存为 .xlsx 或 .docx 再导入。"

# Container of .xls, .doc and encrypted workbooks (OLE2, compound file binary format).
COMPOUND_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Exceptions that olefile raises for broken files.
COMPOUND_ERRORS = (OSError, StructError, IndexError, ValueError, TypeError, AttributeError, RecursionError)
# Signatures of unsupported files. Those that a text could begin with must be followed by a NUL.
_SIGNATURES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|II\*\0|MM\0\*|RIFF....WEBP|....ftyp(hei|mif|avif)", re.DOTALL), _PICTURE),
    (re.compile(rb"GIF8[79]a|BM[^\0]*\0", re.DOTALL), _PICTURE),
    (re.compile(rb"Rar!\x1a|7z\xbc\xaf'\x1c|\x1f\x8b|\xfd7zXZ\0|BZh[1-9]1AY"), _ARCHIVE),
    (re.compile(rb".{257}ustar", re.DOTALL), _ARCHIVE),
    (re.compile(rb"MZ[^\0]*\0|\x7fELF", re.DOTALL), _PROGRAM),
    (re.compile(rb"L\0\0\0\x01\x14\x02\0"), _SHORTCUT),
)
# Workbooks older than the compound format begin with a BOF record of version 2, 3, 4 or 5.
_OLD_WORKBOOK = re.compile(rb"\x09[\0\x02\x04\x08][\x04-\x10]\0", re.DOTALL)

# Text formats by their first characters.
_HEADER = r"(from|subject|date|message-id|snapshot-content-location|content-type|mime-version):"
_MARKUP: tuple[tuple[str, FileType], ...] = (
    (r"\{\\rtf", FileType.RTF),
    (r"<\?xml.*(progid=.Excel\.Sheet|<(\w+:)?Workbook\b[^>]*office:spreadsheet)", FileType.EXCEL_XML),
    (r"<\?xml.*(progid=.Word\.Document|<w:wordDocument\b|<pkg:package\b)", FileType.WORD_XML),
    (rf"{_HEADER}.*content-type:\s*(multipart/related|text/html)", FileType.MHTML),
    (r"(?=<).*<(!doctype html|html|head|body|table|meta)\b", FileType.HTML),
    (r"\{\s*[\"}]|\[\s*[\[{\"\]]", FileType.JSON),
)
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def detect_file_type(data: bytes) -> FileType:
    """Detect the type of a file. Raises CannotRead for unsupported files: pictures, archives, macros and others."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise CannotRead(_EMPTY.format(size=len(data)))
    if data.startswith(b"PK"):
        return _detect_in_archive(zip_limits.open_archive(data))
    if data.startswith(COMPOUND_SIGNATURE):
        return _detect_by_streams(compound_streams(data))
    beginning = data[: zip_limits.BEGINNING]
    if b"%PDF-" in beginning[:1024]:
        return FileType.PDF
    if _OLD_WORKBOOK.match(beginning):
        return FileType.XLS
    for signature, refusal in _SIGNATURES:
        if signature.match(beginning):
            raise CannotRead(refusal)
    return _detect_in_text(beginning, data)


def compound_streams(data: bytes) -> frozenset[str]:
    """List the lower-case names of streams and storages in the root. Raises CannotRead if the file is broken."""
    try:
        with OleFileIO(BytesIO(data)) as file:
            return frozenset(entry.name.casefold() for entry in file.root.kids)
    except COMPOUND_ERRORS as error:
        raise CannotRead(zip_limits.BROKEN) from error


def _detect_in_archive(archive: ZipFile) -> FileType:
    names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}

    def content(name: str) -> bytes:
        return zip_limits.read_beginning(archive, names[name], zip_limits.MIB) if name in names else b""

    folders = {name.partition("/")[0] for name in names}
    if "[content_types].xml" in names and folders & {"xl", "word"}:
        workbook = FileType.XLSB if "xl/workbook.bin" in names else FileType.XLSX
        file_type = FileType.DOCX if "word" in folders else workbook
        if b"macroEnabled" in content("[content_types].xml") or any("vbaproject.bin" in name for name in names):
            raise CannotRead(_MACROS.format(extension=".docx" if file_type is FileType.DOCX else ".xlsx"))
        return file_type
    if b"encryption-data" in content("meta-inf/manifest.xml"):
        raise CannotRead(zip_limits.LOCKED)
    media_type = re.search(rb"opendocument\.(spreadsheet|text)", content("mimetype"))
    if media_type:
        return FileType.ODS if media_type[1] == b"spreadsheet" else FileType.ODT
    raise CannotRead(_SLIDES if "ppt" in folders else _OFD if "ofd.xml" in names else _ARCHIVE)


def _detect_by_streams(streams: frozenset[str]) -> FileType:
    if "encryptedpackage" in streams:
        raise CannotRead(zip_limits.LOCKED)
    if streams & {"workbook", "book"}:
        return FileType.XLS
    if "worddocument" in streams:
        return FileType.DOC
    raise CannotRead(_SLIDES if "powerpoint document" in streams else _UNKNOWN)


def _detect_in_text(beginning: bytes, data: bytes) -> FileType:
    is_wide = beginning.startswith(_BYTE_ORDER)
    if not is_wide and b"\0" in beginning:
        raise CannotRead(_UNKNOWN)
    # The patterns are ASCII, which is encoded alike in UTF-8 and GB 18030, and with NULs in between in UTF-16.
    text = beginning.replace(b"\0", b"").lstrip(b" \t\r\n\xef\xbb\xbf\xff\xfe").decode("latin-1")
    matches = (kind for pattern, kind in _MARKUP if re.match(pattern, text, re.IGNORECASE | re.DOTALL))
    file_type = next(matches, FileType.TEXT)
    if file_type is FileType.TEXT and text.startswith("<?xml"):
        raise CannotRead(_XML_DATA)
    if file_type in (FileType.EXCEL_XML, FileType.WORD_XML) and _DECLARATION.search(data.replace(b"\0", b"")):
        raise CannotRead(zip_limits.HARMFUL.format(what="XML 实体或文档类型声明"))
    return file_type
