"""Print and store the issued copy of an approved revision, before the transaction that refers to it.

Rows of IssuedCopy are written in records.py.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from django.conf import settings
from django.utils import timezone

from filings import verification_code
from filings.choices import SealShape
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats.file import CannotPrint
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import Seal, issued_overlay
from filings.lifecycle import stored_files
from filings.models import Cycle, Department, IssuedCopy, Revision
from filings.table.marks import CopyMark


class Printer(Protocol):
    """Print a document as a PDF with its seal and mark; the same input gives the same bytes. Raises CannotPrint."""

    def __call__(
        self, document: FilingDocument, edition: Edition, *, made_at: datetime, seal: Seal | None, mark: CopyMark
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
    mark = mark_of(filing.cycle, version=revision.number, code=verification_code.new())
    edition = filing.cycle.edition.definition()
    content = printer(revision.document(), edition, made_at=timezone.now(), seal=seal, mark=mark)
    return Printed(keep(content), mark.code, sha256(seal.png).hexdigest() if seal else "")


def print_pdf(
    document: FilingDocument, edition: Edition, *, made_at: datetime, seal: Seal | None, mark: CopyMark
) -> bytes:
    """Print an issued copy with seal, code and QR code. Raises CannotPrint."""
    return pdf.write(document, edition, made_at=made_at, overlay=issued_overlay(seal, mark))


def mark_of(cycle: Cycle, *, version: int, code: str) -> CopyMark:
    """Return the mark of a copy in the cycle; `version` is the number of its revision."""
    return CopyMark(code, version, settings.SITE_ADDRESS, cycle.review_policy().publication.qr_pages)


def seal_of(department: Department) -> Seal | None:
    """Read the seal of a department; None if it has none. Raises CannotPrint if the file is missing."""
    if not department.seal.name:
        return None
    try:
        return Seal(stored_files.content_of(department.seal.name), SealShape(department.seal_shape))
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
