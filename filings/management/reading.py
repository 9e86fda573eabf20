"""What the table commands share: a file is read on a shipped form, or refused with one line and exit code 2."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError

from filings.document.edition import Edition
from filings.document.shipped import editions
from filings.formats import kinds
from filings.formats.file import CannotRead
from filings.table.reading import NotATable, Reading, read

DEFAULT_EDITION = "hunan-county-2022"


def add_arguments(parser: ArgumentParser) -> None:
    """FILE and --edition."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--edition", default=DEFAULT_EDITION, choices=sorted(editions()), help="the form of the table")


def read_file(path: Path, code: str) -> tuple[Edition, Reading]:
    """The form and what was read. Raises CommandError with exit code 2 when the file cannot be read as a table."""
    edition = editions()[code]
    try:
        return edition, read(kinds.read(path.read_bytes()), edition)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
    except (CannotRead, NotATable) as error:
        raise CommandError(f"{path}: {error}", returncode=2) from error
