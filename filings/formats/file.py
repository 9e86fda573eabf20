"""A file as every format gives it: name, content type, bytes; and the refusals to make one or to read one."""

import re
from dataclasses import dataclass

# What the document is called that our own PDF files carry beside their pages.
ATTACHED = "filing.json"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


class CannotPrint(ValueError):
    """A document that cannot be printed faithfully, with the reason and what to do, in Chinese."""


class CannotRead(ValueError):
    """A file that cannot be read as cells, with the reason and what to do, in Chinese."""


@dataclass(frozen=True)
class File:
    """What a format has written. `name` is safe on Windows."""

    name: str
    content_type: str
    content: bytes


def safe_name(stem: str, ending: str) -> str:
    """A file name without characters that Windows forbids, at most 120 characters before its ending."""
    return f"{_FORBIDDEN.sub('', stem).strip('. ')[:120] or 'table'}.{ending}"
