"""Check that a returned workbook is small enough to load: openpyxl creates an object for every cell, merged or not."""

import struct
import zlib
from xml.parsers import expat
from zipfile import BadZipFile

from openpyxl.utils import range_boundaries

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits

# Ten times the size of the largest workbook form.
LARGEST_UNPACKED = 12 * zip_limits.MIB
MOST_MERGED = 200_000
_TOO_LARGE = "这份填报表比系统给出的大得多，无法标注。请重新下载填报表，把内容复制过去，再上传。"


def check(data: bytes) -> None:
    """Raise CannotRead if a workbook is broken or needs far more memory than a workbook form."""
    archive = zip_limits.open_archive(data)
    if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
        raise CannotRead(_TOO_LARGE)
    try:
        # A sheet may have any file name, so every part that may be XML is checked.
        merged = sum(
            _merged(archive.read(name))
            for name in archive.namelist()
            if b"<" in zip_limits.read_beginning(archive, name, 64)
        )
    except (BadZipFile, expat.ExpatError, ValueError, TypeError, OSError, EOFError, struct.error, zlib.error) as error:
        raise CannotRead(zip_limits.BROKEN) from error
    if merged > MOST_MERGED:
        raise CannotRead(_TOO_LARGE)


def _merged(xml: bytes) -> int:
    """Count the merged cells of a part."""
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        if tag.rpartition(":")[2] == "mergeCell":
            left, top, right, bottom = (int(bound or 0) for bound in range_boundaries(attributes.get("ref", "")))
            count += (right - left + 1) * (bottom - top + 1)

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return count
