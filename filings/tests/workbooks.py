"""Workbooks for tests, made as an office makes them."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

Cells = Sequence[str | int | float | None]


def workbook(*rows: Cells, sheet: str = "控制数") -> bytes:
    book = Workbook()
    found = book.active
    assert found is not None
    found.title = sheet
    for row in rows:
        found.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()
