"""The child process in which one file is read, so that a file made to break a library breaks nothing else.

    python -m filings.formats.readers KIND < FILE

prints the answer as JSON. It writes no file, and has little time and memory. A reader that fails says so on stderr.
"""

import resource
import sys
from collections.abc import Callable
from importlib import import_module

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import answer
from filings.formats.readers.sandbox.answer import ReadResult

LARGEST_MEMORY = 300 * 1024 * 1024
# Of the processor; `child` measures those on the clock.
MOST_SECONDS = 20
LIMITS = {
    resource.RLIMIT_AS: LARGEST_MEMORY,
    resource.RLIMIT_CPU: MOST_SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 32,
}
READERS = {
    "xlsx": "spreadsheet.read",
    "xlsb": "spreadsheet.read",
    "xls": "spreadsheet.read",
    "ods": "spreadsheet.read",
    "docx": "word.read",
    "pdf": "pdf.read",
    "html": "web.read",
    "mhtml": "web.read",
}


def limit() -> None:
    """Puts this process under the limits, from which it cannot free itself."""
    for what, most in LIMITS.items():
        resource.setrlimit(what, (most, most))


def main(kind: str) -> None:
    """Reads stdin and prints the answer."""
    limit()
    read = _pdf if kind == "pdf" else _reader(READERS[kind])
    try:
        said = answer.dumps(read(sys.stdin.buffer.read()))
    except CannotRead as refusal:
        said = answer.refuse(str(refusal))
    except MemoryError:
        said = answer.refuse(answer.TOO_COMPLEX)
    sys.stdout.buffer.write(said)


def _reader(name: str) -> Callable[[bytes], ReadResult]:
    # The libraries are slow to import, and each kind needs only one of them.
    module = import_module(f"filings.formats.readers.{name}")
    return lambda data: ReadResult(tuple(module.read(data)))


def _pdf(data: bytes) -> ReadResult:
    """Our own PDF carries its document, which is worth more than what its pages look like."""
    from filings.formats.readers.pdf import attachment  # slow to import

    found = attachment.document_json(data)
    if found is not None and _is_document(found):
        return ReadResult(document=found)
    return _reader("pdf.read")(data)


def _is_document(text: str) -> bool:
    from filings.document import canonical_json  # half of the time that a child has, and only our own PDFs need it

    try:
        canonical_json.loads(text)
    except canonical_json.NotCanonical:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1])
