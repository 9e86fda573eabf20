"""The text of web pages: which encoding their bytes are in, and the pages inside a page saved as one file (MHTML)."""

import codecs
import re
from email import message_from_bytes
from email.message import Message

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits

LARGEST = zip_limits.LARGEST_UPLOAD
MOST_PARTS = 500
# The library that takes messages apart goes one call deeper for each.
MOST_NESTED_PARTS = 20
# What could not be decoded, in a page that says its encoding and does not keep to it.
UNREADABLE = "\ufffd"

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAID = re.compile(rb"<(?:meta\b|\?xml)[^>]{0,500}?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_BEGINNING = 4_096
# GB 18030 has everything that the older ones have; pages say GB2312 and use GBK.
_MEANT = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8",
}  # fmt: skip
_USUAL = ("utf-8", "gb18030")
_MESSAGE = re.compile(rb"\s*(?:from|subject|date|mime-version|content-[a-z-]+|message-id|x-[\w-]+)\s*:", re.IGNORECASE)
_NESTED = re.compile(rb"content-type:\s*(?:multipart|message)/", re.IGNORECASE)
_PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)

_NOT_A_PAGE = "文件不是网页：看不出文字的编码。请用浏览器打开它，另存为网页（.html），再导入。"
_NO_PAGE_INSIDE = "文件是单个文件的网页（.mht），里面却没有网页。请用浏览器打开它，另存为网页（.html），再导入。"


def pages(data: bytes) -> list[str]:
    """The page of a file, or all pages of an MHTML file. Raises CannotRead for what is no text, or too large."""
    if len(data) > LARGEST:
        raise zip_limits.too_large(len(data), LARGEST)
    if _MESSAGE.match(data) and _PART.search(data[:_BEGINNING]):
        return _inside(data)
    return [decoded(data)]


def decoded(data: bytes, said: str = "") -> str:
    """The text of a page: by its mark, by what is said outside or inside it, else UTF-8 or GB 18030."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _plain(data[len(mark) :].decode(encoding, "replace"))
    found = _SAID.search(data[:_BEGINNING])
    inside = found[1].decode("ascii", "replace") if found else ""
    named = [_MEANT[name] for name in (said.strip().lower(), inside.lower()) if name in _MEANT]
    for encoding in (*named, *_USUAL):
        try:
            return _plain(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    if not named:
        raise CannotRead(_NOT_A_PAGE)
    return _plain(data.decode(named[0], "replace"))


def _plain(text: str) -> str:
    if "\0" in text:
        raise CannotRead(_NOT_A_PAGE)
    return text


def _inside(data: bytes) -> list[str]:
    nested, parts = len(_NESTED.findall(data)), len(_PART.findall(data))
    if nested > MOST_NESTED_PARTS or parts > MOST_PARTS:
        raise CannotRead(zip_limits.HARMFUL.format(what=f"{parts} 个部件，其中 {nested} 个里面还有部件"))
    found = [
        part for part in message_from_bytes(data, _Counted().part).walk() if part.get_content_type() == "text/html"
    ]
    if not found:
        raise CannotRead(_NO_PAGE_INSIDE)
    return [decoded(_content(part), part.get_content_charset() or "") for part in found]


class _Counted:
    """Makes the parts of a message, but not more than may be: some have no type by which to count them before."""

    def __init__(self) -> None:
        self._made = 0

    def part(self) -> Message:
        self._made += 1
        if self._made > MOST_PARTS:
            raise CannotRead(zip_limits.HARMFUL.format(what=f"超过 {MOST_PARTS} 个部件"))
        return Message()


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
