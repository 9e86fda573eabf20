"""Input files of the table commands: single files or folders, read with the bundled editions.

A single file is read or refused with one line and exit code 2. With several files each gets a line of output, followed
by a summary.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError, OutputWrapper

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats.file import CannotRead
from filings.formats.uploads import Upload, open_file
from filings.table.grid import Grid
from filings.table.reading.find_tables import find_tables, recognise_edition, split_tables
from filings.table.reading.read_table import NotATable
from filings.table.reading.result import Leftover

UNREADABLE = 2


@dataclass(frozen=True)
class FileRead:
    """The first table of a file, with its edition; `leftovers` are the cells of the whole file that found no place."""

    edition: Edition
    document: FilingDocument
    leftovers: tuple[Leftover, ...] = ()
    warnings: int = 0
    tables: int = 1


def add_arguments(parser: ArgumentParser) -> None:
    """Add FILE … and --edition to a command."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="files, or folders with files in them")
    parser.add_argument(
        "--edition", choices=sorted(editions()), help="the edition of the table; recognised by its labels if not given"
    )


def files_in(paths: Sequence[Path]) -> list[Path]:
    """List the named files and all files below the named folders, in order."""
    files = (file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path]))
    return [file for file in files if not file.is_dir()]


def read_file(path: Path, code: str | None) -> FileRead:
    """Read the table of a file. Raises CommandError with exit code 2 if the file cannot be read as a table."""
    try:
        return _read(open_file(path.name, path.read_bytes()), code)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=UNREADABLE) from error
    except (CannotRead, NotATable) as error:
        raise CommandError(f"{path}: {error}", returncode=UNREADABLE) from error


def each(
    paths: Sequence[Path], code: str | None, out: OutputWrapper, line: Callable[[Path, FileRead], str]
) -> Iterator[FileRead]:
    """Read several files; print the line that `line` returns or the reason for a refusal, then a summary.

    Raises CommandError with exit code 2 at the end if a file could not be read.
    """
    unread = 0
    files = files_in(paths)
    for path in files:
        try:
            file = read_file(path, code)
            out.write(f"{path}: {line(path, file)}")
            yield file
        except CommandError as error:
            unread += 1
            out.write(str(error))
    summary = f"{len(files)} files, {len(files) - unread} read, {unread} not read"
    if unread or not files:
        raise CommandError(summary, returncode=UNREADABLE)
    out.write(summary)


def summary_line(file: FileRead) -> str:
    """Summarise a file: edition, year, department, counts."""
    document = file.document
    counted = f"{len(document.indicators)} indicators, {file.warnings} to check, {len(file.leftovers)} left out"
    more = f", the first of {file.tables} tables" if file.tables > 1 else ""
    return f"{file.edition.code} {document.year or '-'} {document.department or '-'} {counted}{more}"


def _read(opened: Upload, code: str | None) -> FileRead:
    if opened.document is not None:
        edition = editions().get(opened.document.edition)
        if edition is None or code not in (None, edition.code):
            raise NotATable(f"文件是按「{opened.document.edition}」表样填的，这里读不了。")
        return FileRead(edition, opened.document)
    edition = editions()[code] if code else recognise_edition(_largest(opened), list(editions().values()))
    tables = find_tables(opened.grids, edition)
    first, *others = tables.tables
    leftovers = [*first.reading.leftovers, *tables.others]
    leftovers += [Leftover(0, other.department or "—") for other in others]
    return FileRead(edition, first.reading.document, tuple(leftovers), len(first.reading.warnings), len(tables.tables))


def _largest(opened: Upload) -> Grid:
    return max(split_tables(opened.grids), key=lambda grid: len(grid.rows))
