"""Making exports in tests: queue one, let the worker make it, read its file."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.core.files.storage import default_storage
from django.utils import timezone
from openpyxl import load_workbook

from filings.choices import ExportKind
from filings.exports.jobs import queue_export
from filings.models import Export, User
from filings.tests.county import County
from filings.tests.worker import work


def exported(county: County, kind: ExportKind, *, by: User | None = None, pattern: str = "") -> Export:
    """Return a finished export."""
    export = queue_export(county.cycle, kind, pattern, by=by or county.manager, now=timezone.now())
    work()
    export.refresh_from_db()
    return export


def content(export: Export) -> bytes:
    with default_storage.open(export.file) as file:
        read: bytes = file.read()
    return read


def files_in(export: Export) -> dict[str, bytes]:
    """Return the files of an archive by name, after a check of their sums."""
    with ZipFile(BytesIO(content(export))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def sheets(export: Export) -> dict[str, list[list[Any]]]:
    """Return the rows of each sheet."""
    workbook = load_workbook(BytesIO(content(export)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in workbook.worksheets}
