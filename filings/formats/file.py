"""A written file, and the errors for documents that cannot be printed and files that cannot be read."""

import re
from dataclasses import dataclass

# File name of the document's JSON attached to PDF files that this program writes.
ATTACHMENT_NAME = "filing.json"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


class CannotPrint(ValueError):
    """A document cannot be printed faithfully; the message gives the reason and what to do, in Chinese."""


class CannotRead(ValueError):
    """A file cannot be read as cells; the message gives the reason and what to do, in Chinese."""


@dataclass(frozen=True)
class File:
    """A file written by one of the formats. `name` is safe on Windows."""

    name: str
    content_type: str
    content: bytes


def safe_name(stem: str, extension: str) -> str:
    """Build a file name without characters that Windows forbids; the stem is cut to 120 characters."""
    return f"{_FORBIDDEN.sub('', stem).strip('. ')[:120] or 'table'}.{extension}"
