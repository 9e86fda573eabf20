"""Open the parts of a .docx that are read: document, styles and numbering. External targets are never opened.

We rely on this module rather than on python-docx (1.2), whose Document() opens every part of the package and refuses
the file if one of them is damaged, although we read only three. Files that Word opens, and this module reads:

- a relationship to a missing part (Target="NULL" of a lost picture): KeyError in python-docx;
- a damaged header: XMLSyntaxError;
- templates (.dotx, .wpt) and ISO 29500 strict documents: ValueError and KeyError.

Parts are parsed with lxml, as python-docx does, but comments are removed and document types refused.
"""

import posixpath
import zlib
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from lxml import etree

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Bytes. A table of 20,000 filled cells takes about half of it. A parsed tree takes ten times as much memory.
LARGEST_PART = 20 * zip_limits.MIB

_NOT_WORD = "文件不是 Word 文档（.docx）。请用 Word 或 WPS 打开它，另存为 .docx，再导入。"
_DOCUMENT = "/officeDocument"
_ERRORS = (BadZipFile, RuntimeError, ValueError, OSError, EOFError, zlib.error)
# Namespaces of ISO 29500 strict, which Word can save too, and the usual ones for the same elements.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


@dataclass(frozen=True)
class PackageParts:
    """The root elements of the parts; styles and numbering are optional."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None


def open_parts(data: bytes) -> PackageParts:
    """Open the parts of a .docx. Raises CannotRead if the file is not a Word document, or is broken or harmful."""
    archive = zip_limits.open_archive(data)
    roots = _relationships(archive, "")
    name = next((target for kind, target in roots if kind.endswith(_DOCUMENT)), "word/document.xml")
    document = _part(archive, name)
    if document is None or document.tag != f"{W}document":
        raise CannotRead(_NOT_WORD)
    targets = {kind.rpartition("/")[2]: target for kind, target in _relationships(archive, name)}
    return PackageParts(
        document,
        _part(archive, targets.get("styles", "")),
        _part(archive, targets.get("numbering", "")),
    )


def _relationships(archive: ZipFile, name: str) -> list[tuple[str, str]]:
    """List type and target of a part's internal relationships; those of the package itself for ''."""
    folder, base = posixpath.split(name)
    root = _part(archive, posixpath.join(folder, "_rels", f"{base}.rels"))
    return [
        (element.get("Type", ""), _resolve(folder, element.get("Target", "")))
        for element in ([] if root is None else root)
        if element.get("TargetMode") != "External"
    ]


def _resolve(folder: str, target: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _part(archive: ZipFile, name: str) -> etree._Element | None:
    if name not in archive.namelist():
        return None
    try:
        with archive.open(name) as member:
            content = member.read(LARGEST_PART + 1)
    except _ERRORS as error:
        raise CannotRead(zip_limits.BROKEN) from error
    if len(content) > LARGEST_PART:
        raise zip_limits.too_large(LARGEST_PART)
    for strict, usual in _STRICT:
        content = content.replace(strict, usual)
    return _parsed(content)


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise CannotRead(zip_limits.BROKEN) from error
    if root.getroottree().docinfo.doctype:
        raise CannotRead(zip_limits.HARMFUL.format(what="文档类型声明"))
    return root
