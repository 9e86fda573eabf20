"""Reads a table and prints what was understood, as JSON; of several files a line each. Needs no database."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from filings.checks import run as checks
from filings.document.flat import flat_place, flatten
from filings.management.reading import FileRead, add_arguments, each, in_a_line, read_file


class Command(BaseCommand):
    help = "Reads a table and prints it as JSON with what was left out and what the rules find; of several a line each."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        files, code = options["files"], options["edition"]
        if len(files) == 1 and not files[0].is_dir():
            self.stdout.write(_as_json(read_file(files[0], code)))
            return
        for _ in each(files, code, self.stdout, lambda path, found: in_a_line(found)):
            pass


def _as_json(found: FileRead) -> str:
    edition, document = found.edition, found.document
    answer = {
        "edition": edition.code,
        "document": flatten(document, edition),
        "not_understood": [{"row": left.row, "text": left.text} for left in found.left],
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "place": flat_place(finding.places[0], document),
                "message": finding.message,
            }
            for finding in checks.check(document, edition)
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)
