"""Child process that reads one file under resource limits, so that a malicious file cannot harm the server.

    python -m filings.formats.readers FILE_TYPE < FILE

prints the result as JSON (see `sandbox.result`). If a reader crashes, its traceback goes to stderr and the exit code
is 1. `sandbox.child` starts this process and limits its wall-clock time.
"""

import sys
from importlib import import_module

from filings.document import canonical_json
from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import result
from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.readers.sandbox.limits import apply_limits
from filings.formats.readers.sandbox.result import ReadResult

# Modules by name: their libraries are slow to import, and each file type needs only one of them.
READERS = {
    FileType.XLSX: "filings.formats.readers.spreadsheet.read",
    FileType.XLSB: "filings.formats.readers.spreadsheet.read",
    FileType.XLS: "filings.formats.readers.spreadsheet.read",
    FileType.ODS: "filings.formats.readers.spreadsheet.read",
    FileType.DOCX: "filings.formats.readers.word.read",
    FileType.PDF: "filings.formats.readers.pdf.read",
    FileType.HTML: "filings.formats.readers.web.read",
    FileType.MHTML: "filings.formats.readers.web.read",
}


def main(file_type: FileType) -> None:
    """Read a file from stdin and print the result."""
    apply_limits()
    try:
        data = sys.stdin.buffer.read()
        output = result.dumps(_read_pdf(data) if file_type is FileType.PDF else _read(file_type, data))
    except CannotRead as refusal:
        output = result.dumps_refusal(str(refusal))
    except MemoryError:
        output = result.dumps_refusal(result.TOO_COMPLEX)
    sys.stdout.buffer.write(output)


def _read(file_type: FileType, data: bytes) -> ReadResult:
    reader = import_module(READERS[file_type])
    return ReadResult(tuple(reader.read(data)))


def _read_pdf(data: bytes) -> ReadResult:
    """Prefer the document attached to a PDF that this program wrote: it is exact, unlike a table read from pages."""
    from filings.formats.readers.pdf import attachment  # slow to import

    document = attachment.document_json(data)
    if document is not None and _is_document(document):
        return ReadResult(document=document)
    return _read(FileType.PDF, data)


def _is_document(text: str) -> bool:
    try:
        canonical_json.loads(text)
    except canonical_json.NotCanonical:
        return False
    return True


if __name__ == "__main__":
    main(FileType(sys.argv[1]))
