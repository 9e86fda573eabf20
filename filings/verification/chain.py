"""The state of an issued copy within the chain of copies of its filing."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from filings import verification_code
from filings.lifecycle.adjustment import ChangedRow, changes_between
from filings.models import IssuedCopy, Withholding


class CopyState(StrEnum):
    """Whether a copy is in force. A revoked copy may have a successor; it stays revoked.

    OUT_OF_FORCE: superseded by a copy whose approval was revoked, so that no copy of the filing is in force.
    """

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    OUT_OF_FORCE = "out_of_force"


@dataclass(frozen=True)
class CopyStatus:
    """A copy with its state. `current` is the copy in force of the same filing, if it is another one.

    `revoked` is the copy whose revocation has ended this one: itself, or one that was issued again for its version.
    `is_withheld`: nothing but the state and the hash of the copy may be shown to the public.
    """

    copy: IssuedCopy
    state: CopyState
    current: IssuedCopy | None
    revoked: IssuedCopy | None
    is_withheld: bool

    @property
    def is_same_content(self) -> bool:
        """Whether the copy in force was printed from the same version, again with seal or signature."""
        return self.current is not None and self.current.revision_id == self.copy.revision_id

    def changed_rows(self) -> tuple[ChangedRow, ...]:
        """Return the rows in which the copy in force differs; () for a withheld one."""
        return changes_between(self.copy, self.current) if self.current and not self.is_withheld else ()


def find(typed: str) -> CopyStatus | None:
    """Return the status of the copy with this code, typed in any form; None if no copy has it."""
    code = verification_code.plain(typed)
    return _status(IssuedCopy.objects.filter(code=code)) if code else None


def find_by_hash(sha256: str) -> CopyStatus | None:
    """Return the status of the copy whose file has this SHA-256 (64 hexadecimal digits); None for an unknown hash."""
    return _status(IssuedCopy.objects.filter(sha256=sha256.lower()))


def status_of(copy: IssuedCopy) -> CopyStatus:
    """Return the status of a copy, whose filing with department and cycle is loaded."""
    filing = copy.filing
    last = filing.issued_copies.select_related("revision").order_by("id").last() or copy
    current = last if last.live and last != copy else None
    withheld = Withholding.objects.filter(cycle=filing.cycle_id, department=filing.department_id, lifted_at=None)
    is_withheld = filing.department.withheld or withheld.exists()
    revoked = next((each for each in (copy, last) if each.revoked_at and each.revision_id == copy.revision_id), None)
    return CopyStatus(copy, _state(copy, current, revoked), current, revoked, is_withheld)


def _state(copy: IssuedCopy, current: IssuedCopy | None, revoked: IssuedCopy | None) -> CopyState:
    if copy.live:
        return CopyState.IN_FORCE
    if revoked:
        return CopyState.REVOKED
    return CopyState.SUPERSEDED if current else CopyState.OUT_OF_FORCE


def _status(copies: QuerySet[IssuedCopy]) -> CopyStatus | None:
    # The same file may have been issued twice, where a copy was revoked and approved unchanged: the newest counts.
    copy = copies.select_related("filing__department", "filing__cycle", "revision").order_by("-id").first()
    return status_of(copy) if copy else None
