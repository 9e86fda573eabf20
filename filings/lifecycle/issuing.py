"""Print and store the issued copy of an approved revision, before the transaction that refers to it.

Rows of IssuedCopy are written in records.py.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from django.utils import timezone

from filings import verification_code
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats.file import CannotPrint
from filings.formats.pdf import write as pdf
from filings.lifecycle import stored_files
from filings.models import Department, IssuedCopy, Revision
from filings.table.marks import issued_footer


class Printer(Protocol):
    """Print a document as a PDF; the same input gives the same bytes. `seal` is a PNG or None."""

    def __call__(
        self, document: FilingDocument, edition: Edition, *, made_at: datetime, seal: bytes | None, code: str
    ) -> bytes: ...


@dataclass(frozen=True)
class Printed:
    """A stored copy that no IssuedCopy refers to yet."""

    sha256: str
    code: str
    seal_sha256: str


def print_copy(revision: Revision, printer: Printer) -> Printed:
    """Print a revision with the department's seal and store the file, outside a transaction. Raises CannotPrint."""
    filing = revision.filing
    seal = seal_of(filing.department)
    code = verification_code.new()
    edition = filing.cycle.edition.definition()
    content = printer(revision.document(), edition, made_at=timezone.now(), seal=seal, code=code)
    return Printed(keep(content), code, sha256(seal).hexdigest() if seal else "")


def print_pdf(document: FilingDocument, edition: Edition, *, made_at: datetime, seal: bytes | None, code: str) -> bytes:
    """Print an issued copy with its verification code at the foot of each page. Raises CannotPrint."""
    overlay = pdf.PageOverlay(footer=issued_footer(verification_code.formatted(code)), seal=seal)
    return pdf.write(document, edition, made_at=made_at, overlay=overlay)


def seal_of(department: Department) -> bytes | None:
    """Read the PNG of the department's seal; None if it has no seal. Raises CannotPrint if the file is missing."""
    if not department.seal.name:
        return None
    try:
        return stored_files.content_of(department.seal.name)
    except FileNotFoundError as error:
        raise CannotPrint(f"「{department}」的印章图片文件已不存在。请管理员重新上传，或者去掉印章。") from error


def file_name(digest: str) -> str:
    return f"issued/{digest}.pdf"


def keep(content: bytes) -> str:
    """Store the file of a copy under its hash, and return the hash. Raises OSError."""
    digest = sha256(content).hexdigest()
    stored_files.keep(file_name(digest), content)
    return digest


def read(copy: IssuedCopy) -> bytes:
    """Read an issued file and verify its hash. Raises FileDamaged."""
    return stored_files.read(file_name(copy.sha256), copy.sha256)
