"""Compound files (CFB, the container of .xls, .doc and locked workbooks): which streams stand in their root."""

from io import BytesIO
from struct import error as StructError

from olefile import OleFileIO

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox.zip_limits import BROKEN

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def streams(data: bytes) -> frozenset[str]:
    """The names, in small letters, of the streams and storages in the root. Raises CannotRead for a broken file."""
    try:
        with OleFileIO(BytesIO(data)) as file:
            return frozenset(entry.name.casefold() for entry in file.root.kids)
    except (OSError, StructError, IndexError, ValueError, TypeError, AttributeError, RecursionError) as fault:
        raise CannotRead(BROKEN) from fault
