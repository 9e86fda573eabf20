"""Publish the copy of a filing, and withdraw it.

Each function locks the filing's row, so that of two concurrent requests the second finds the first one's result.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from filings import permissions
from filings.choices import Action, PublicationEnd
from filings.document.content import FilingDocument
from filings.document.initials import initials_of, pinyin_of
from filings.document.public_document import public_document
from filings.document.text import symbols
from filings.errors import AlreadyDone, NotAllowed, StepRefused, checked_text
from filings.lifecycle import events
from filings.lifecycle.messages.enqueue import enqueue
from filings.lifecycle.publications import end_publication
from filings.models import Department, Event, Filing, IssuedCopy, Membership, Publication, User, Withholding
from filings.publication.checks import CopyCheck, Effect, Inspection, inspection_of

# What the user confirms before every publication, recorded with it.
CONFIRMATIONS = ("已完成保密审查", "公开内容已经审签")
LONGEST_REASON = 500
LONGEST_WORDS = 2000
LONGEST_LETTERS = 100


@dataclass(frozen=True)
class LockedFiling:
    """A filing whose row is locked, and the membership under which the user acts on its publication."""

    filing: Filing
    acting: Membership

    @property
    def name(self) -> str:
        return f"「{self.filing.department}」"

    def current(self) -> Publication | None:
        """Return the publication that has not ended."""
        return self.filing.publications.filter(ended_at=None).first()

    def withholding(self) -> Withholding | None:
        """Return the withholding in force."""
        withheld = Withholding.objects.filter(cycle=self.filing.cycle_id, department=self.filing.department_id)
        return withheld.filter(lifted_at=None).first()


def require_seen(filing: Filing, copy: int, seen: int | None) -> None:
    """Raise StepRefused unless the copy is the one that the user has `seen`; None for callers without a page."""
    if seen is not None and seen != copy:
        raise StepRefused(f"「{filing.department}」的定稿已更换，请核对新的定稿后再办。")


def lock(filing_id: int, by: User) -> LockedFiling:
    """Lock a filing for the rest of the transaction. Raises NotAllowed."""
    filings = Filing.objects.select_for_update(of=("self",)).select_related("cycle__edition", "department")
    filing = filings.get(pk=filing_id)
    access = permissions.may_publish(by, filing.department)
    if not access.acting:
        raise NotAllowed(access.reason)
    return LockedFiling(filing, access.acting)


@transaction.atomic
def publish(
    filing_id: int,
    *,
    by: User,
    now: datetime,
    note: str = "",
    inspection: Inspection | None = None,
    seen: int | None = None,
) -> Publication:
    """Publish the copy in force and announce it to the department; an earlier copy is replaced.

    The caller has asked for the CONFIRMATIONS. Raises StepRefused if the copy is not the one that the user has `seen`,
    and for what the checks find, unless a `note` explains what may be explained; AlreadyDone if the copy is public.
    """
    publication, event = store(filing_id, by=by, now=now, note=note, inspection=inspection, seen=seen)
    enqueue(event)
    return publication


@transaction.atomic
def store(
    filing_id: int,
    *,
    by: User,
    now: datetime,
    note: str = "",
    inspection: Inspection | None = None,
    seen: int | None = None,
) -> tuple[Publication, Event]:
    """Publish the copy in force without a message."""
    locked = lock(filing_id, by)
    note = checked_text(note, "核对情况", longest=LONGEST_REASON)
    copy = _publishable(locked, seen)
    inspection = inspection or inspection_of(locked.filing.cycle)
    refuse(inspection.check(copy), locked.name, note)
    end_publication(locked.filing, PublicationEnd.REPLACED, by=by, now=now)
    document = public_document(copy.revision.document(), inspection.edition)
    title = inspection.edition.title_for(document.year)
    publication = _row(locked, copy, document, title, by=by, now=now, note=note)
    detail = {
        "copy": copy.sha256,
        "code": copy.code,
        "revision": str(copy.revision.number),
        "statements": "\n".join(CONFIRMATIONS),
    }
    if note:
        detail["reason"] = note
    event = events.record(locked.filing, Action.PUBLISH, by=by, acting=locked.acting, time=now, detail=detail)
    return publication, event


@transaction.atomic
def unpublish(filing_id: int, reason: str, *, by: User, now: datetime, seen: int | None = None) -> None:
    """Withdraw the published copy, which the user has `seen`. Raises StepRefused, AlreadyDone if it was withdrawn."""
    locked = lock(filing_id, by)
    reason = checked_text(reason, "撤下理由", longest=LONGEST_REASON, blank="请写明撤下的理由。")
    current = locked.current()
    if current is None:
        last = locked.filing.publications.order_by("-pk").first()
        if last and last.end == PublicationEnd.WITHDRAWN:
            raise AlreadyDone
        raise StepRefused(f"{locked.name}没有正在公开的定稿，不需要撤下。")
    require_seen(locked.filing, current.copy_id, seen)
    end_publication(locked.filing, PublicationEnd.WITHDRAWN, by=by, now=now, reason=reason)
    detail = {"copy": current.copy.sha256, "code": current.copy.code, "reason": reason}
    event = events.record(locked.filing, Action.UNPUBLISH, by=by, acting=locked.acting, time=now, detail=detail)
    enqueue(event)


def refuse(checks: tuple[CopyCheck, ...], name: str, note: str) -> None:
    """Raise StepRefused with the sentences of the checks that do not admit the publication."""
    refusing = [check.sentence for check in checks if check.effect == Effect.REFUSES]
    if refusing:
        raise StepRefused(f"{name}不能公开：{''.join(refusing)}")
    explained = [check.sentence for check in checks if check.effect == Effect.NEEDS_NOTE]
    if explained and not note:
        raise StepRefused(f"{name}须核对后公开：{''.join(explained)}确认无误的，请写明核对情况。")


def search_words(document: FilingDocument) -> str:
    """Join the texts in which the public searches, at most LONGEST_WORDS characters.

    After the texts come targets such as ≥98% and the pinyin initials of the indicators.
    """
    names = dict.fromkeys(row.name for row in document.indicators)
    targets = dict.fromkeys(symbols(row.target) for row in document.indicators)
    initials = filter(None, dict.fromkeys(initials_of(name) for name in names))
    return "\n".join([document.owner, document.goal, *names, *targets, *initials])[:LONGEST_WORDS]


def search_letters(department: Department) -> str:
    """Join the pinyin initials and the whole pinyin of a department's name, as far as the column holds them."""
    return f"{department.initials} {pinyin_of(department.name)}"[:LONGEST_LETTERS]


def _publishable(locked: LockedFiling, seen: int | None) -> IssuedCopy:
    """Return the copy in force. Raises StepRefused."""
    copy = locked.filing.issued_copies.filter(live=True).select_related("revision").first()
    if copy is None:
        raise StepRefused(f"{locked.name}没有现行的定稿，不能公开。")
    require_seen(locked.filing, copy.pk, seen)
    if locked.filing.department.withheld:
        raise StepRefused(f"{locked.name}是涉密单位，不公开。")
    if withholding := locked.withholding():
        raise StepRefused(f"{locked.name}已定为不予公开（{withholding.basis_label}）；需要公开的，请先取消不予公开。")
    current = locked.current()
    if current and current.copy_id == copy.pk:
        raise AlreadyDone
    return copy


def _row(
    locked: LockedFiling, copy: IssuedCopy, document: FilingDocument, title: str, *, by: User, now: datetime, note: str
) -> Publication:
    filing = locked.filing
    return Publication.objects.create(
        filing=filing,
        copy=copy,
        cycle=filing.cycle,
        year=filing.cycle.year,
        title=title[:200],
        department_code=filing.department.code,
        department_name=filing.department.name,
        initials=search_letters(filing.department),
        words=search_words(document),
        approved_at=copy.approved_at,
        at=now,
        by=by,
        by_name=by.name,
        by_office=locked.acting.place_name,
        note=note,
    )
