"""Convert table files to another format, without watermark and seal. Needs no database."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from filings.formats import download_formats
from filings.formats.file import CannotPrint
from filings.management.table_files import UNREADABLE, FileRead, add_arguments, each, read_file


class Command(BaseCommand):
    help = "Reads a table and writes it in another format, without watermark and seal; several into a folder."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)
        parser.add_argument("--to", required=True, choices=sorted(download_formats.CONTENT_TYPES), help="the format")
        parser.add_argument("--out", required=True, type=Path, help="the output file; for several inputs, the folder")

    def handle(self, *args: Any, **options: Any) -> None:
        files, code, kind, out = options["files"], options["edition"], options["to"], options["out"]
        if len(files) == 1 and not files[0].is_dir():
            _print(read_file(files[0], code), kind, out, files[0])
            return
        out.mkdir(parents=True, exist_ok=True)

        def convert(path: Path, file: FileRead) -> str:
            target = out / f"{path.stem}.{kind}"
            _print(file, kind, target, path)
            return str(target)

        for _ in each(files, code, self.stdout, convert):
            pass


def _print(table: FileRead, kind: str, out: Path, path: Path) -> None:
    made_at = datetime.now(UTC).replace(microsecond=0)
    try:
        file = download_formats.write(kind, table.document, table.edition, stem=out.stem, made_at=made_at)
        out.write_bytes(file.content)
    except OSError as error:
        raise CommandError(f"{out}: {error.strerror}", returncode=UNREADABLE) from error
    except CannotPrint as error:
        raise CommandError(f"{path}: {error}", returncode=UNREADABLE) from error
