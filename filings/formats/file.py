"""A written file, and the errors for documents that cannot be printed and files that cannot be read."""

import re
import unicodedata
from dataclasses import dataclass

# File name of the document's JSON attached to PDF files that this program writes.
ATTACHMENT_NAME = "filing.json"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
# Unicode categories: control, format, surrogate, unassigned and private characters, separators of lines.
_INVISIBLE = ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")
_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
}
# Bytes in UTF-8. File systems and archives take 255, of which a folder or a number before the name needs some.
LONGEST_NAME = 200


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


def safe_name(stem: str, extension: str, *, suffix: str = "") -> str:
    """Build a file name that Windows and Linux accept: the stem is cut so that all has `LONGEST_NAME` bytes.

    Forbidden characters, and control and format characters, which could hide the extension, are dropped. Names of
    devices (CON, COM1 …), also before a dot, get an underscore.
    """
    plain = "".join(character for character in stem if unicodedata.category(character) not in _INVISIBLE)
    end = f"{suffix}.{extension}"
    # One byte is left for the underscore.
    longest = LONGEST_NAME - len(end.encode()) - 1
    plain = _FORBIDDEN.sub("", plain).strip(". ").encode()[:longest].decode(errors="ignore").rstrip(". ")
    if plain.partition(".")[0].rstrip().upper() in _DEVICES:
        plain = f"_{plain}"
    return f"{plain or 'table'}{end}"
