"""What the table commands share: files of any kind, or folders of them, read on the forms that ship with the program.

One file is answered by itself, or refused with one line and exit code 2. Of several each has a line, and there is a
summary at the end.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError, OutputWrapper

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.shipped import editions
from filings.formats.file import CannotRead
from filings.formats.uploads import Upload, open_file
from filings.table.grid import Grid
from filings.table.reading.find_tables import find, parted, recognise
from filings.table.reading.read_table import NotATable
from filings.table.reading.result import Leftover

UNREADABLE = 2


@dataclass(frozen=True)
class FileRead:
    """The first table of a file, on its form; `left` is whatever of the whole file found no place in it."""

    edition: Edition
    document: FilingDocument
    left: tuple[Leftover, ...] = ()
    warnings: int = 0
    tables: int = 1


def add_arguments(parser: ArgumentParser) -> None:
    """FILE … and --edition."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="files, or folders with files in them")
    parser.add_argument(
        "--edition", choices=sorted(editions()), help="the form of the table; recognised by its labels if not named"
    )


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files that are named, and all files in the folders that are named, in order."""
    found = (file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path]))
    return [file for file in found if not file.is_dir()]


def read_file(path: Path, code: str | None) -> FileRead:
    """The table in a file. Raises CommandError with exit code 2 when the file cannot be read as a table."""
    try:
        return _read(open_file(path.name, path.read_bytes()), code)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=UNREADABLE) from error
    except (CannotRead, NotATable) as error:
        raise CommandError(f"{path}: {error}", returncode=UNREADABLE) from error


def each(
    paths: Sequence[Path], code: str | None, out: OutputWrapper, line: Callable[[Path, FileRead], str]
) -> Iterator[FileRead]:
    """Reads several files, printing what `line` says of each or why it could not be read, and a summary at the end.

    Raises CommandError with exit code 2 at the end when one could not be read.
    """
    unread = 0
    files = files_in(paths)
    for path in files:
        try:
            found = read_file(path, code)
            out.write(f"{path}: {line(path, found)}")
            yield found
        except CommandError as error:
            unread += 1
            out.write(str(error))
    summary = f"{len(files)} files, {len(files) - unread} read, {unread} not read"
    if unread or not files:
        raise CommandError(summary, returncode=UNREADABLE)
    out.write(summary)


def in_a_line(found: FileRead) -> str:
    """What a file holds, in short."""
    document = found.document
    counted = f"{len(document.indicators)} indicators, {found.warnings} to check, {len(found.left)} left out"
    more = f", the first of {found.tables} tables" if found.tables > 1 else ""
    return f"{found.edition.code} {document.year or '-'} {document.department or '-'} {counted}{more}"


def _read(opened: Upload, code: str | None) -> FileRead:
    if opened.document is not None:
        form = editions().get(opened.document.edition)
        if form is None or code not in (None, form.code):
            raise NotATable(f"文件是按「{opened.document.edition}」表样填的，这里读不了。")
        return FileRead(form, opened.document)
    forms = list(editions().values())
    edition = editions()[code] if code else recognise(_largest(opened), forms)
    found = find(opened.grids, edition)
    first, *others = found.tables
    left = [*first.reading.not_understood, *found.others]
    left += [Leftover(0, other.department or "—") for other in others]
    return FileRead(edition, first.reading.document, tuple(left), len(first.reading.warnings), len(found.tables))


def _largest(opened: Upload) -> Grid:
    return max(parted(opened.grids), key=lambda grid: len(grid.rows))
