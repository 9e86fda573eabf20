"""Parse the XML parts of a zipped workbook as events, within limits. Document types, and so entities, are refused."""

import re
from collections.abc import Iterator
from xml.parsers import expat
from zipfile import BadZipFile
from zlib import error as ZlibError

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits

BROKEN = "这个工作簿无法读取，可能已经损坏。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"
LOCKED = "文件有打开密码，无法读取。请在 Excel 中去掉密码，另存后再导入。"

_CHUNK = 1 << 20
# Rows and cells with a format but no content: a million of them take a hundred megabytes.
_EMPTY_CELLS = re.compile(rb'<c r="[A-Z]+[0-9]+"[^<>]*/>')
_EMPTY_ROWS = re.compile(rb'<row r="[0-9]+"[^<>]*(?:/>|>\s*</row>)')


class PartHandler:
    """Base class of handlers for the events of a part. Tags come without namespace prefix, attributes with theirs."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None: ...


class Package:
    """The parts of a zipped workbook, by case-insensitive name. Methods raise CannotRead, and nothing else."""

    def __init__(self, data: bytes) -> None:
        self._archive = zip_limits.open_archive(data)
        members = self._archive.infolist()
        self._parts = {member.filename.replace("\\", "/").lower().lstrip("/"): member for member in members}
        self._bytes_left = zip_limits.LARGEST_UNPACKED

    def has(self, name: str) -> bool:
        """Whether the package has a part of this name."""
        return name.lower() in self._parts

    def has_folder(self, name: str) -> bool:
        """Whether the package has a part in a folder of this name."""
        return any(part.startswith(f"{name}/") for part in self._parts)

    def parse(self, name: str, handler: PartHandler) -> None:
        """Pass a part's events to a handler. Empty cells and rows of a large sheet may be left out."""
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_document_type
        parser.StartElementHandler = lambda tag, attributes: handler.start(tag[tag.rfind(":") + 1 :], attributes)
        parser.EndElementHandler = lambda tag: handler.end(tag[tag.rfind(":") + 1 :])
        parser.CharacterDataHandler = handler.text
        try:
            for chunk in self._chunks(name):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise CannotRead(BROKEN) from error

    def _chunks(self, name: str) -> Iterator[bytes]:
        """Yield the part in chunks, without empty cells and rows after the first megabyte."""
        blocks = self._blocks(name)
        yield next(blocks, b"")
        rest, is_plain = b"", True
        for block in blocks:
            # From a comment or CDATA section on, nothing is removed: text in them may look like empty cells.
            is_plain = is_plain and b"<!" not in block
            if not is_plain:
                yield rest + block
                rest = b""
                continue
            complete, rest = _cut_at_last_tag(rest + block)
            yield _EMPTY_ROWS.sub(b"", _EMPTY_CELLS.sub(b"", complete))
        yield rest

    def _blocks(self, name: str) -> Iterator[bytes]:
        member = self._parts.get(name.lower())
        if member is None:
            raise CannotRead(BROKEN)
        try:
            with self._archive.open(member) as file:
                while block := file.read(min(_CHUNK, self._bytes_left + 1)):
                    self._bytes_left -= len(block)
                    if self._bytes_left < 0:
                        raise CannotRead(BROKEN)
                    yield block
        except (BadZipFile, ZlibError, NotImplementedError, ValueError, EOFError, OSError) as error:
            raise CannotRead(BROKEN) from error


def _cut_at_last_tag(data: bytes) -> tuple[bytes, bytes]:
    """Split off the last row, or the last tag, which may continue in the next block."""
    end = data.rfind(b"<row") if b"<row" in data else data.rfind(b"<")
    return (data[:end], data[end:]) if end > 0 else (data, b"")


def _no_document_type(*_: object) -> None:
    raise CannotRead("文件里夹带了不该有的声明，为安全起见不读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。")
