"""Reads a table from a file and prints it as another, unmarked and unsealed. Needs no database."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from filings.formats import download_formats
from filings.formats.file import CannotPrint
from filings.management.reading import UNREADABLE, FileRead, add_arguments, each, read_file


class Command(BaseCommand):
    help = "Reads a table and prints it as a file of another kind, unmarked and unsealed; several into a folder."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)
        extensions = sorted(download_formats.CONTENT_TYPES)
        parser.add_argument("--to", required=True, choices=extensions, help="the kind of file")
        parser.add_argument("--out", required=True, type=Path, help="the file that is written; for several, the folder")

    def handle(self, *args: Any, **options: Any) -> None:
        files, code, kind, out = options["files"], options["edition"], options["to"], options["out"]
        if len(files) == 1 and not files[0].is_dir():
            _print(read_file(files[0], code), kind, out, files[0])
            return
        out.mkdir(parents=True, exist_ok=True)

        def printed(path: Path, found: FileRead) -> str:
            target = out / f"{path.stem}.{kind}"
            _print(found, kind, target, path)
            return str(target)

        for _ in each(files, code, self.stdout, printed):
            pass


def _print(found: FileRead, kind: str, out: Path, path: Path) -> None:
    made_at = datetime.now(UTC).replace(microsecond=0)
    try:
        file = download_formats.write(kind, found.document, found.edition, stem=out.stem, made_at=made_at)
        out.write_bytes(file.content)
    except OSError as error:
        raise CommandError(f"{out}: {error.strerror}", returncode=UNREADABLE) from error
    except CannotPrint as error:
        raise CommandError(f"{path}: {error}", returncode=UNREADABLE) from error
