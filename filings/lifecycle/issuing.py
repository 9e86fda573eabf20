"""Print, sign and store the issued copy of an approved revision, before the transaction that refers to it.

Rows of IssuedCopy are written in records.py.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from filings import verification_code
from filings.choices import SealShape
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats.file import CannotPrint
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import Seal, issued_overlay
from filings.lifecycle import damaged_files, stored_files
from filings.models import Cycle, Department, IssuedCopy, Revision
from filings.signing.signer import NotSigned, Signed, Signer, reason_not_to_issue
from filings.table.marks import CopyMark


class Printer(Protocol):
    """Print a document as a PDF with its seal and mark; the same input gives the same bytes. Raises CannotPrint."""

    def __call__(
        self, document: FilingDocument, edition: Edition, *, made_at: datetime, seal: Seal | None, mark: CopyMark
    ) -> bytes: ...


@dataclass(frozen=True)
class Printed:
    """A stored copy that no IssuedCopy refers to yet. The last three are as in IssuedCopy, empty without signature."""

    sha256: str
    code: str
    seal_sha256: str
    signed_by: str = ""
    certificate_sha256: str = ""
    level: str = ""

    def detail(self) -> dict[str, str]:
        """Return what the event names of the copy, so that the chain of events covers file and certificate."""
        certificate = {"certificate_sha256": self.certificate_sha256} if self.certificate_sha256 else {}
        return {"copy": self.sha256, "code": self.code, **certificate}


def print_copy(revision: Revision, printer: Printer) -> Printed:
    """Print a revision with the department's seal, sign and store the file, outside a transaction.

    Raises CannotPrint and NotSigned, and then no file is stored.
    """
    filing = revision.filing
    now = timezone.now()
    mark = mark_of(filing.cycle, version=revision.number, code=verification_code.new())
    edition = filing.cycle.edition.definition()
    seal = seal_of(filing.department) if edition.has_stamp else None
    content = printer(revision.document(), edition, made_at=now, seal=seal, mark=mark)
    signed = sign(content, unit=filing.department.code, at=now)
    return store(signed, code=mark.code, seal=seal.png if seal else None)


def print_pdf(
    document: FilingDocument, edition: Edition, *, made_at: datetime, seal: Seal | None, mark: CopyMark
) -> bytes:
    """Print an issued copy with seal, code and QR code. Raises CannotPrint."""
    return pdf.write(document, edition, made_at=made_at, overlay=issued_overlay(seal, mark))


def sign(content: bytes, *, unit: str, at: datetime) -> Signed:
    """Sign a printed copy for the department with the code `unit`, if SIGNING_FILE is set. Raises NotSigned."""
    if not settings.SIGNING_FILE:
        return Signed(content, "", "", "")
    try:
        signer: Signer = import_string(settings.SIGNER)
    except ImportError as error:
        raise NotSigned(f"签名程序 {settings.SIGNER} 不能装入。请系统管理员核对环境变量 SIGNER。") from error
    signed = signer(content, unit=unit, at=at, signing_file=Path(settings.SIGNING_FILE))
    if reason := reason_not_to_issue(signed):
        raise NotSigned(f"签名程序 {settings.SIGNER} {reason}。请系统管理员联系该程序的提供者。")
    return signed


def store(signed: Signed, *, code: str, seal: bytes | None) -> Printed:
    """Store the file of a copy with this code and seal. Raises OSError."""
    seal_sha256 = sha256(seal).hexdigest() if seal else ""
    digest = keep(signed.content)
    return Printed(digest, code, seal_sha256, signed.signed_by, signed.certificate_sha256, signed.level)


def print_preview(revision: Revision) -> bytes:
    """Print a revision as it would be issued, without code and QR code. Stores nothing. Raises CannotPrint."""
    filing = revision.filing
    mark = mark_of(filing.cycle, version=revision.number, code="")
    edition = filing.cycle.edition.definition()
    seal = seal_of(filing.department) if edition.has_stamp else None
    return print_pdf(revision.document(), edition, made_at=timezone.now(), seal=seal, mark=mark)


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
    """Read an issued file and verify its hash. Raises FileDamaged, which is reported to the managers."""
    with damaged_files.reported():
        return stored_files.read(file_name(copy.sha256), copy.sha256)
