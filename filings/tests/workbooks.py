"""Create workbooks."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

Cells = Sequence[str | int | float | None]


def workbook(*rows: Cells, sheet: str = "控制数") -> bytes:
    book = Workbook()
    active = book.active
    assert active is not None
    active.title = sheet
    for row in rows:
        active.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()
