"""Import a usual file of each type: its reader alone, in the child process, and the whole preview request.

The limit of a child counts the memory it requested (VmPeak), whether used or not.
"""

import struct
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from subprocess import run
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader, PdfWriter

from bench.measuring import format_ms, milliseconds, p95, show, show_load, show_times
from bench.site import HOST, set_up
from filings.document.content import FilingDocument
from filings.formats import download_formats, uploads
from filings.formats.readers.pdf import read as pdf_reader
from filings.formats.readers.pdf.attachment import document_json
from filings.formats.readers.sandbox import child, process
from filings.formats.readers.sandbox.file_type import FileType, detect_file_type
from filings.formats.readers.spreadsheet import read as spreadsheet_reader
from filings.formats.readers.text import read as text_reader
from filings.formats.readers.web import read as web_reader
from filings.formats.readers.word import read as word_reader
from filings.formats.text import decode
from filings.table.layout.document import lay_out
from filings.tests.formats.readers.spreadsheet.xls_files import cell, text, xls
from filings.tests.founding import EDITION, founding_document, with_indicators

if TYPE_CHECKING:
    from django.test import Client

TIMES, FIRST = 20, 2
MADE_AT = datetime(2026, 11, 25, tzinfo=UTC)
LABEL = 0x0204
# The real child process, which also prints its memory figures at the end.
CHILD = """
import re, sys
from filings.formats.readers.__main__ import main
from filings.formats.readers.sandbox.file_type import FileType
main(FileType(sys.argv[1]))
status = open("/proc/self/status").read()
print(*(re.search(rf"{name}:\\s*(\\d+)", status)[1] for name in ("VmHWM", "VmPeak")), file=sys.stderr)
"""
GOAL, MEMORY = "≤ 300 ms", "≤ 300 MB"


def written(extension: str, document: FilingDocument) -> bytes:
    return download_formats.write(extension, document, EDITION, stem="表", made_at=MADE_AT).content


def without_document(content: bytes) -> bytes:
    """Copy the pages of a written PDF without its attachment, like a PDF of another program."""
    other, file = PdfWriter(), BytesIO()
    for page in PdfReader(BytesIO(content)).pages:
        other.add_page(page)
    other.write(file)
    return file.getvalue()


def old_workbook(document: FilingDocument) -> bytes:
    """Write the cells of the table as an .xls workbook (BIFF8, 1997)."""
    cells, merged = b"", []
    for number, row in enumerate(lay_out(document, EDITION, whole_texts=True).rows):
        for item in row.cells:
            cells += cell(LABEL, number, item.column, text(item.content))
            merged.append((number, number + item.rows - 1, item.column, item.column + item.columns - 1))
    spans = b"".join(struct.pack("<4H", *box) for box in merged)
    return xls(cells + struct.pack("<3H", 0x00E5, 2 + len(spans), len(merged)) + spans)


def files() -> dict[str, tuple[bytes, Callable[[bytes], object]]]:
    """Return files and their readers by label."""
    usual, large = founding_document(), with_indicators(100)
    pdf = written("pdf", usual)
    return {
        ".xlsx of 100 indicators": (written("xlsx", large), spreadsheet_reader.read),
        ".docx": (written("docx", usual), word_reader.read),
        ".html": (written("html", usual), web_reader.read),
        ".pdf of our own": (pdf, document_json),
        ".pdf with ruled lines": (without_document(pdf), pdf_reader.read),
        ".txt": (written("txt", usual), lambda data: text_reader.read(decode(data))),
        ".xls": (old_workbook(usual), spreadsheet_reader.read),
    }


def run_child(file_type: FileType, data: bytes) -> tuple[float, float]:
    """Read a file in a child; return its peak resident and its peak requested memory in MB."""
    command = [sys.executable, "-E", "-s", "-B", "-c", CHILD, file_type]
    done = run(command, cwd=process.ROOT, env=process.ENVIRONMENT, input=data, capture_output=True, check=True)
    held, asked = (int(number) / 1024 for number in done.stderr.split()[-2:])
    return held, asked


def times_of(work: Callable[[], object]) -> list[float]:
    for _ in range(FIRST):
        work()
    return [milliseconds(work) for _ in range(TIMES)]


def read(data: bytes, reader: Callable[[bytes], object]) -> None:
    file_type = detect_file_type(data)
    show_times("  the reader alone", times_of(lambda: reader(data)))
    if file_type is FileType.TEXT:
        return
    show_times("  in a child process of its own", times_of(lambda: child.read(file_type, data)))
    show_times("  of it the child's start, with its libraries", times_of(lambda: run_child(file_type, b"")), "≤ 150 ms")
    held, asked = run_child(file_type, data)
    show("  the most memory that the child held; had asked for", f"{held:.0f}; {asked:.0f} MB", MEMORY)


def preview(client: "Client", address: str, data: bytes) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer: Any = client.post(address, {"file": SimpleUploadedFile("表", data)})
    assert answer.status_code == 200, answer.content.decode()


def measure() -> None:
    with set_up():
        from django.test import Client

        from filings.tests.county import found_county

        county = found_county()
        client = Client(SERVER_NAME=HOST)
        client.force_login(county.filler)
        address = f"/filings/{county.started().pk}/fill/import/preview/"
        for name, (data, reader) in files().items():
            assert uploads.open_file("表", data)
            show(name, f"{len(data) / 1024:.0f} kB")
            read(data, reader)
            times = times_of(partial(preview, client, address, data))
            show_times("  read and previewed, the whole request", times, GOAL)
            show("  95 % of them within", format_ms(p95(times)))


def main() -> None:
    show_load()
    with ProcessPoolExecutor(1) as pool:
        pool.submit(measure).result()
    show_load()


if __name__ == "__main__":
    main()
