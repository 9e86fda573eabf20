"""Compare a file with all issued copies: unchanged, changed since, or not one of them."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from filings.document import canonical_json
from filings.models import IssuedCopy, Revision
from filings.signing.configuration import Trust
from filings.signing.report import SignatureState
from filings.verification import chain
from filings.verification.chain import CopyStatus
from filings.verification.inspection import FileInspection, inspect

_PDF = b"%PDF-"
_END = b"%%EOF"
# A PDF has an end for each update; issued copies have two at most.
MOST_ENDS = 50
_LINE_ENDS = (b"", b"\n", b"\r\n", b"\r")


class Verdict(StrEnum):
    """What a file is. Only UNCHANGED is a genuine copy."""

    UNCHANGED = "unchanged"
    APPENDED = "appended"  # a copy to which bytes were added
    CHANGED = "changed"  # signed by us or printed from an issued version, but not the issued file
    FORGED = "forged"  # signed with a certificate that is not ours
    NOT_ISSUED = "not_issued"  # printed by this program from a draft or from a version under review
    UNKNOWN = "unknown"  # not one of ours
    NO_PDF = "no_pdf"


@dataclass(frozen=True)
class FileVerdict:
    """The verdict on a file. `status` is that of the copy that the file is or was, if it is known.

    `appended` counts the bytes after the copy. There is no `inspection` where the hash has decided.
    """

    verdict: Verdict
    size: int
    sha256: str
    status: CopyStatus | None = None
    appended: int = 0
    inspection: FileInspection | None = None

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
        return FileVerdict(Verdict.UNCHANGED, size, digest, status)
    if _PDF not in data[:1024]:
        return FileVerdict(Verdict.NO_PDF, size, digest)
    if found := _copy_at_the_beginning(data):
        status, length = found
        return FileVerdict(Verdict.APPENDED, size, digest, status, size - length, inspect(data, trust))
    inspection = inspect(data, trust)
    verdict, claimed = _judge(inspection, is_signer_known=bool(trust.signers))
    return FileVerdict(verdict, size, digest, claimed, inspection=inspection)


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

    Without trusted certificates every intact signature is UNTRUSTED, and none is called forged.
    """
    revision = _printed_from(inspection.document)
    copy = _copy_of(revision) if revision else None
    status = chain.status_of(copy) if copy else None
    if inspection.state is SignatureState.UNTRUSTED and is_signer_known:
        return Verdict.FORGED, status
    if inspection.state in (SignatureState.VALID, SignatureState.CHANGED, SignatureState.APPENDED) or copy:
        return Verdict.CHANGED, status
    return (Verdict.NOT_ISSUED, None) if inspection.document else (Verdict.UNKNOWN, None)


def _printed_from(document: str) -> Revision | None:
    """Return the newest version with this content; None without one."""
    try:
        digest = canonical_json.digest(canonical_json.loads(document)) if document else ""
    except canonical_json.NotCanonical:
        return None
    return Revision.objects.filter(sha256=digest).order_by("-id").first() if digest else None


def _copy_of(revision: Revision) -> IssuedCopy | None:
    copies = IssuedCopy.objects.filter(revision=revision).select_related("filing__department", "filing__cycle")
    return copies.order_by("-id").first()
