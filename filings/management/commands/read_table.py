"""Read a table and print it as JSON, or several tables as a line each. Needs no database."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from filings.checks import run as checks
from filings.document.flat_json import flat_place, flatten
from filings.management.table_files import FileRead, add_arguments, each, read_file, summary_line


class Command(BaseCommand):
    help = "Reads a table and prints it as JSON with leftovers and findings; with several files a line each."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        files, code = options["files"], options["edition"]
        if len(files) == 1 and not files[0].is_dir():
            self.stdout.write(_as_json(read_file(files[0], code)))
            return
        for _ in each(files, code, self.stdout, lambda path, file: summary_line(file)):
            pass


def _as_json(file: FileRead) -> str:
    edition, document = file.edition, file.document
    data = {
        "edition": edition.code,
        "document": flatten(document, edition),
        "not_understood": [{"row": leftover.row, "text": leftover.text} for leftover in file.leftovers],
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
    return json.dumps(data, ensure_ascii=False, indent=2)
