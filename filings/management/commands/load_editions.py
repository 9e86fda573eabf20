"""Puts the forms of fixtures/editions into the database; running it again changes nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from filings.document.edition import Edition, EditionError
from filings.models.edition import EditionInUse, store


class Command(BaseCommand):
    help = "Loads the forms (editions) that come with the program."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in sorted(Path(settings.BASE_DIR, "fixtures", "editions").glob("*.json")):
            try:
                row = store(Edition.from_json(path.read_text(encoding="utf-8")))
            except (EditionError, EditionInUse) as error:
                raise CommandError(f"{path.name}: {error}") from error
            self.stdout.write(f"{row.code} {row.version} {row.name}")
