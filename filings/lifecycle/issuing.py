"""The issued copy of an approved revision: printing it with its seal and its code, and keeping the file.

A file is kept under its own hash and written before the transaction that names it: an orphan is harmless, a dangling
name impossible. Rows of IssuedCopy are made in workflow.py.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from time import sleep
from typing import Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats.file import CannotPrint
from filings.formats.pdf import write as pdf
from filings.models import Department, IssuedCopy, Revision

# Without 0 O 1 I L, which people take for each other, and U, which looks like V.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
# Another process may be writing the very same bytes at this moment: seconds to wait before looking again.
_WAITS = (0.0, 0.05, 0.2, 1.0)


class FileClash(Exception):
    """Other bytes under the name that these bytes must have."""


class FileDamaged(Exception):
    """An issued file that is missing or no longer has the hash it was issued with."""


class Printer(Protocol):
    """Prints a document as a PDF; the same input gives the same bytes. `seal` is a PNG, None where there is none."""

    def __call__(
        self, document: FilingDocument, edition: Edition, *, made_at: datetime, seal: bytes | None, code: str
    ) -> bytes: ...


@dataclass(frozen=True)
class Printed:
    """A copy whose file is kept, and which no filing names yet."""

    sha256: str
    code: str
    seal_sha256: str


def print_copy(revision: Revision, printer: Printer) -> Printed:
    """Print a revision with the department's seal and keep the file; no transaction may be open. Raises CannotPrint."""
    filing = revision.filing
    seal = seal_of(filing.department)
    code = new_code()
    edition = filing.cycle.edition.definition()
    content = printer(revision.document(), edition, made_at=timezone.now(), seal=seal, code=code)
    return Printed(keep(content), code, sha256(seal).hexdigest() if seal else "")


def print_pdf(document: FilingDocument, edition: Edition, *, made_at: datetime, seal: bytes | None, code: str) -> bytes:
    """The printer of issued copies. Raises CannotPrint."""
    foot = "核验码：" + "-".join(code[at : at + 4] for at in range(0, len(code), 4))
    return pdf.write(document, edition, made_at=made_at, overlay=pdf.PageOverlay(footer=foot, seal=seal))


def seal_of(department: Department) -> bytes | None:
    """The PNG of the department's seal, None when it has none. Raises CannotPrint when its file is gone."""
    if not department.seal.name:
        return None
    try:
        return _bytes(department.seal.name)
    except FileNotFoundError as error:
        raise CannotPrint(f"「{department}」的印章图片文件不在了。请管理员重新上传，或者去掉印章。") from error


def new_code() -> str:
    """A verification code that nobody can guess and everybody can read out."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def keep(content: bytes) -> str:
    """Store a file under its hash and answer the hash; bytes that are there already are used again."""
    digest = sha256(content).hexdigest()
    name = file_name(digest)
    if not default_storage.exists(name):
        stored_as = default_storage.save(name, ContentFile(content))
        if stored_as == name:
            return digest
        default_storage.delete(stored_as)
    for wait in _WAITS:
        sleep(wait)
        if _bytes(name) == content:
            return digest
    raise FileClash(f"{name} holds other bytes than its name says")


def read(copy: IssuedCopy) -> bytes:
    """The file as it was issued. Raises FileDamaged."""
    name = file_name(copy.sha256)
    if not default_storage.exists(name):
        raise FileDamaged(f"{name} is missing")
    content = _bytes(name)
    if sha256(content).hexdigest() != copy.sha256:
        raise FileDamaged(f"{name} is not what was issued")
    return content


def file_name(digest: str) -> str:
    return f"issued/{digest}.pdf"


def _bytes(name: str) -> bytes:
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content
