"""The parts of a .docx that are read: the document itself, its styles, its numbering. Nothing outside it is fetched."""

import posixpath
import zlib
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from lxml import etree

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# A table of 20,000 filled cells takes about half of it; as a tree it takes ten times as much memory.
LARGEST_PART = 20 * zip_limits.MIB

_NOT_WORD = "文件不是 Word 文档（.docx）。请用 Word 或 WPS 打开它，另存为 .docx，再导入。"
_DOCUMENT = "/officeDocument"
_FAULTS = (BadZipFile, RuntimeError, ValueError, OSError, EOFError, zlib.error)
# Word can also save by ISO 29500 strict, where the same elements have other names.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


@dataclass(frozen=True)
class PackageParts:
    """The roots of the parts; a document need have neither styles nor numbering."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None


def unpacked(data: bytes) -> PackageParts:
    """The parts of a .docx. Raises CannotRead for whatever else it is, and when it is broken or does harm."""
    archive = zip_limits.look_over(data)
    names = _related(archive, "")
    name = next((target for kind, target in names if kind.endswith(_DOCUMENT)), "word/document.xml")
    document = _part(archive, name)
    if document is None or document.tag != f"{W}document":
        raise CannotRead(_NOT_WORD)
    related = {kind.rpartition("/")[2]: target for kind, target in _related(archive, name)}
    return PackageParts(
        document,
        _part(archive, related.get("styles", "")),
        _part(archive, related.get("numbering", "")),
    )


def _related(archive: ZipFile, name: str) -> list[tuple[str, str]]:
    """Kind and name of each part that a part points to; what lies outside the file is left out."""
    folder, base = posixpath.split(name)
    root = _part(archive, posixpath.join(folder, "_rels", f"{base}.rels"))
    return [
        (element.get("Type", ""), _inside(folder, element.get("Target", "")))
        for element in ([] if root is None else root)
        if element.get("TargetMode") != "External"
    ]


def _inside(folder: str, target: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _part(archive: ZipFile, name: str) -> etree._Element | None:
    if name not in archive.namelist():
        return None
    try:
        with archive.open(name) as member:
            content = member.read(LARGEST_PART + 1)
    except _FAULTS as fault:
        raise CannotRead(zip_limits.BROKEN) from fault
    if len(content) > LARGEST_PART:
        raise zip_limits.too_large(len(content), LARGEST_PART)
    for strict, usual in _STRICT:
        content = content.replace(strict, usual)
    return _parsed(content)


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise CannotRead(zip_limits.BROKEN) from fault
    if root.getroottree().docinfo.doctype:
        raise CannotRead(zip_limits.HARMFUL.format(what="文档类型声明"))
    return root
