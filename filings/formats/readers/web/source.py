"""Decode web pages: detect their encoding, and extract the pages of MHTML files."""

import codecs
import re
from email import message_from_bytes
from email.message import Message

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits

LARGEST = zip_limits.LARGEST_UPLOAD
MOST_PARTS = 500
# The email package parses nested parts recursively.
MOST_NESTED_PARTS = 20
# Replaces bytes that are invalid in the declared encoding.
UNREADABLE = "\ufffd"

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(
    rb"<(?:meta\b|\?xml)[^>]{0,500}?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE
)
_BEGINNING = 4_096
# Declared encodings and those to use: GB 18030 is a superset of GBK, in which pages declared as GB2312 are written.
_ENCODINGS = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8",
}  # fmt: skip
_USUAL = ("utf-8", "gb18030")
_MESSAGE = re.compile(rb"\s*(?:from|subject|date|mime-version|content-[a-z-]+|message-id|x-[\w-]+)\s*:", re.IGNORECASE)
_NESTED = re.compile(rb"content-type:\s*(?:multipart|message)/", re.IGNORECASE)
_PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)

_NOT_A_PAGE = "文件不是网页：无法识别文字编码。请用浏览器打开它，另存为网页（.html），再导入。"
_NO_PAGE_INSIDE = "文件是单个文件的网页（.mht），里面却没有网页。请用浏览器打开它，另存为网页（.html），再导入。"


def pages(data: bytes) -> list[str]:
    """Decode the page of a file, or all pages of an MHTML file. Raises CannotRead if it is not text, or too large."""
    if len(data) > LARGEST:
        raise zip_limits.too_large(LARGEST)
    if _MESSAGE.match(data) and _PART.search(data[:_BEGINNING]):
        return _mhtml_pages(data)
    return [decode(data)]


def decode(data: bytes, charset: str = "") -> str:
    """Decode a page: by its byte order mark, by `charset`, by its own declaration, else as UTF-8 or GB 18030."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _without_nul(data[len(mark) :].decode(encoding, "replace"))
    declaration = _CHARSET.search(data[:_BEGINNING])
    declared = declaration[1].decode("ascii", "replace") if declaration else ""
    named = [_ENCODINGS[name] for name in (charset.strip().lower(), declared.lower()) if name in _ENCODINGS]
    for encoding in (*named, *_USUAL):
        try:
            return _without_nul(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    if not named:
        raise CannotRead(_NOT_A_PAGE)
    return _without_nul(data.decode(named[0], "replace"))


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise CannotRead(_NOT_A_PAGE)
    return text


def _mhtml_pages(data: bytes) -> list[str]:
    nested, count = len(_NESTED.findall(data)), len(_PART.findall(data))
    if nested > MOST_NESTED_PARTS or count > MOST_PARTS:
        raise CannotRead(zip_limits.HARMFUL.format(what=f"{count} 个部件，其中 {nested} 个里面还有部件"))
    message = message_from_bytes(data, _PartFactory().create)
    parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not parts:
        raise CannotRead(_NO_PAGE_INSIDE)
    return [decode(_content(part), part.get_content_charset() or "") for part in parts]


class _PartFactory:
    """Creates the parts of a message, at most MOST_PARTS: parts without a content type cannot be counted in advance."""

    def __init__(self) -> None:
        self._count = 0

    def create(self) -> Message:
        self._count += 1
        if self._count > MOST_PARTS:
            raise CannotRead(zip_limits.HARMFUL.format(what=f"超过 {MOST_PARTS} 个部件"))
        return Message()


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
