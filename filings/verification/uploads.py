"""Compare a file with all issued copies: unchanged, changed since, or not one of them."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from filings.document import canonical_json
from filings.lifecycle import issuing, stored_files
from filings.lifecycle.stored_files import FileDamaged
from filings.models import IssuedCopy
from filings.signing.configuration import Trust
from filings.signing.report import SignatureState
from filings.verification import chain
from filings.verification.chain import CopyStatus
from filings.verification.inspection import FileInspection, inspect
from filings.verification.turns import AllBusy

_PDF = b"%PDF-"
_END = b"%%EOF"
# A PDF has an end for each update; issued copies have two at most.
MOST_ENDS = 50
# Copies of a version that are compared byte by byte, and bytes in which an altered copy may differ.
MOST_COPIES = 5
MOST_DIFFERENT = 1000
_LINE_ENDS = (b"", b"\n", b"\r\n", b"\r")


class Verdict(StrEnum):
    """What a file is. Only UNCHANGED is a genuine copy."""

    UNCHANGED = "unchanged"
    APPENDED = "appended"  # a copy to which bytes were added
    CHANGED = "changed"  # signed by us or printed from an issued version, but not the issued file
    FORGED = "forged"  # with our content or name, signed with a certificate that is not ours
    NOT_ISSUED = "not_issued"  # printed by this program from a draft or from a version under review
    UNKNOWN = "unknown"  # not one of ours
    NO_PDF = "no_pdf"


@dataclass(frozen=True)
class FileVerdict:
    """The verdict on a file. `status` is that of the copy that the file is or was, if it is known.

    `appended` counts the bytes after the copy, `different` those that differ from the copy of the same length. There is
    no `inspection` where only the hash was given, or where the hash has decided while others are inspected.
    """

    verdict: Verdict
    size: int
    sha256: str
    status: CopyStatus | None = None
    appended: int = 0
    different: int = 0
    inspection: FileInspection | None = None

    @property
    def has_other_signature(self) -> bool:
        """Whether the file has a signature at all, for files that are not ours."""
        none = (SignatureState.NONE, SignatureState.UNREADABLE)
        return self.inspection is not None and self.inspection.state not in none

    @property
    def original_size(self) -> int:
        return self.size - self.appended

    @property
    def is_signature_broken(self) -> bool:
        """Whether the file has a signature of ours that no longer covers it."""
        broken = (SignatureState.CHANGED, SignatureState.APPENDED)
        return self.inspection is not None and self.inspection.state in broken


def examine(data: bytes, trust: Trust) -> FileVerdict:
    """Examine a file of any content and size."""
    digest = sha256(data).hexdigest()
    size = len(data)
    if status := chain.find_by_hash(digest):
        return FileVerdict(Verdict.UNCHANGED, size, digest, status, inspection=_inspect_if_free(data, trust))
    if _PDF not in data[:1024]:
        return FileVerdict(Verdict.NO_PDF, size, digest)
    if found := _copy_at_the_beginning(data):
        status, length = found
        return FileVerdict(Verdict.APPENDED, size, digest, status, size - length, inspection=inspect(data, trust))
    inspection = inspect(data, trust)
    if altered := _altered_copy(data, inspection):
        status, different = altered
        return FileVerdict(Verdict.CHANGED, size, digest, status, different=different, inspection=inspection)
    verdict, claimed = _judge(inspection, is_signer_known=bool(trust.signers))
    return FileVerdict(verdict, size, digest, claimed, inspection=inspection)


def _altered_copy(data: bytes, inspection: FileInspection) -> tuple[CopyStatus, int] | None:
    """Return the copy from which a file of the same length differs in few bytes, and their number.

    Altered bytes of a signature look like another signer's; the rest of the file shows that it is the copy.
    """
    digest = _content(inspection.document)
    for copy in IssuedCopy.objects.filter(revision__sha256=digest).order_by("-id")[:MOST_COPIES] if digest else ():
        try:
            original = stored_files.read(issuing.file_name(copy.sha256), copy.sha256)
        except (FileDamaged, OSError):
            continue
        different = _different(original, data) if len(original) == len(data) else len(data)
        status = chain.find_by_hash(copy.sha256)
        if status and different <= MOST_DIFFERENT:
            return status, different
    return None


def _different(one: bytes, other: bytes) -> int:
    """Count the bytes in which two texts of the same length differ, by their exclusive or."""
    both = int.from_bytes(one) ^ int.from_bytes(other)
    return len(one) - both.to_bytes(len(one)).count(0)


def _inspect_if_free(data: bytes, trust: Trust) -> FileInspection | None:
    """Inspect a file whose hash has decided already, for its signature."""
    try:
        return inspect(data, trust)
    except AllBusy:
        return None


def _copy_at_the_beginning(data: bytes) -> tuple[CopyStatus, int] | None:
    """Return the copy with which the file begins, and its length: appending leaves the bytes before unchanged."""
    lengths: dict[str, int] = {}
    running, hashed = sha256(), 0
    end = data.find(_END)
    while end >= 0 and len(lengths) < MOST_ENDS * len(_LINE_ENDS):
        end += len(_END)
        running.update(data[hashed:end])
        hashed = end
        for line_end in _LINE_ENDS:
            if data.startswith(line_end, end):
                whole = running.copy()
                whole.update(line_end)
                lengths[whole.hexdigest()] = end + len(line_end)
        end = data.find(_END, end)
    digest = IssuedCopy.objects.filter(sha256__in=lengths).values_list("sha256", flat=True).first()
    status = chain.find_by_hash(digest) if digest else None
    return (status, lengths[status.copy.sha256]) if status else None


def _judge(inspection: FileInspection, *, is_signer_known: bool) -> tuple[Verdict, CopyStatus | None]:
    """Judge a file that is no issued copy by its signature and by the document attached to it.

    Only a file that claims to be ours is called changed or forged; others may have any signature. Without trusted
    certificates every intact signature is UNTRUSTED, and none is called forged.
    """
    digest = _content(inspection.document)
    copy = _copy_of(digest) if digest else None
    status = chain.status_of(copy) if copy else None
    if inspection.state is SignatureState.UNTRUSTED and is_signer_known and (digest or _is_name_of_ours(inspection)):
        return Verdict.FORGED, status
    if copy or _is_signed_by_us(inspection):
        return Verdict.CHANGED, status
    return (Verdict.NOT_ISSUED, None) if digest else (Verdict.UNKNOWN, None)


def _content(document: str) -> str:
    """Return the hash of the document attached to a file by this program; '' without one."""
    try:
        return canonical_json.digest(canonical_json.loads(document)) if document else ""
    except canonical_json.NotCanonical:
        return ""


def _copy_of(digest: str) -> IssuedCopy | None:
    """Return the newest copy of a version with this content."""
    copies = IssuedCopy.objects.filter(revision__sha256=digest)
    return copies.select_related("filing__department", "filing__cycle", "revision").order_by("-id").first()


def _is_signed_by_us(inspection: FileInspection) -> bool:
    """Whether the signature, intact or not, names a certificate with which copies were signed."""
    certificate = inspection.certificate_sha256
    return bool(certificate) and IssuedCopy.objects.filter(certificate_sha256=certificate).exists()


def _is_name_of_ours(inspection: FileInspection) -> bool:
    return bool(inspection.signed_by) and IssuedCopy.objects.filter(signed_by=inspection.signed_by).exists()
