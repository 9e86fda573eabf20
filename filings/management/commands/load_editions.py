"""Load the bundled editions into the database; loading them again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from filings.document.bundled_editions import editions
from filings.document.edition import EditionError
from filings.models.edition import EditionInUse, store


class Command(BaseCommand):
    help = "Loads the bundled editions into the database."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for edition in editions().values():
                row = store(edition)
                self.stdout.write(f"{row.code} {row.version} {row.name}")
        except (EditionError, EditionInUse) as error:
            raise CommandError(str(error)) from error
