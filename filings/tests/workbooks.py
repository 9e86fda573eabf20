"""Create workbooks."""

import re
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

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


def with_results(data: bytes, text: str) -> bytes:
    """Store a text as the result of every formula, as Excel does when it saves; openpyxl stores none."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"<c (r=\"\w+\")([^>]*)><f>(.*?)</f><v ?/?>(</v>)?", _result(text), content)
            new.writestr(name, content)
    return file.getvalue()


def _result(text: str) -> bytes:
    return rb'<c \1 t="str"><f>\3</f><v>' + text.encode() + b"</v>"
