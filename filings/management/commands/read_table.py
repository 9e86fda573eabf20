"""Reads a table from a file and prints what was understood, as JSON. Needs no database."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from filings import checking
from filings.document.flat import flat_place, flatten
from filings.management.reading import add_arguments, read_file


class Command(BaseCommand):
    help = "Reads a table from FILE and prints it as JSON, with what was not understood and the rules' findings."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        edition, reading = read_file(options["file"], options["edition"])
        document = reading.document
        answer = {
            "edition": edition.code,
            "document": flatten(document, edition),
            "not_understood": [{"row": left.row, "text": left.text} for left in reading.not_understood],
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity,
                    "place": flat_place(finding.places[0], document),
                    "message": finding.message,
                }
                for finding in checking.check(document, edition)
            ],
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
