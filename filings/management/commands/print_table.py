"""Reads a table from a file and prints it as another, unmarked and unsealed. Needs no database."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from filings.formats import kinds
from filings.formats.file import CannotPrint
from filings.management.reading import add_arguments, read_file


class Command(BaseCommand):
    help = "Reads a table from FILE and prints it as pdf, xlsx, html, txt or json, unmarked and unsealed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)
        parser.add_argument("--to", required=True, choices=sorted(kinds.CONTENT_TYPES), help="the kind of file")
        parser.add_argument("--out", required=True, type=Path, help="where it is written")

    def handle(self, *args: Any, **options: Any) -> None:
        edition, reading = read_file(options["file"], options["edition"])
        made_at = datetime.now(UTC).replace(microsecond=0)
        try:
            file = kinds.write(options["to"], reading.document, edition, stem=options["out"].stem, made_at=made_at)
            options["out"].write_bytes(file.content)
        except OSError as error:
            raise CommandError(f"{options['out']}: {error.strerror}", returncode=2) from error
        except CannotPrint as error:
            raise CommandError(f"{options['file']}: {error}", returncode=2) from error
