"""Load a file of indicators into the library; loading it again changes nothing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from filings.library import entries


class Command(BaseCommand):
    help = "Loads a file of indicators, such as fixtures/library/demonstration.json, into the library."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = entries.load_seed(json.loads(options["file"].read_text(encoding="utf-8")), now=timezone.now())
        except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError, entries.InvalidEntry) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} {options['file'].name}")
