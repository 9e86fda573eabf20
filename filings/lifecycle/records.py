"""Rows that an action adds: revisions, reviews and issued copies.

Each function runs inside the transaction of workflow.perform and returns the detail of the event.
"""

from dataclasses import asdict
from datetime import datetime

from filings import drafts
from filings.checks import assessment
from filings.choices import PointKind, PublicationEnd, Status
from filings.document import canonical_json
from filings.drafts.adjustment_reasons import drafted
from filings.lifecycle.adjustment import canonical_text
from filings.lifecycle.consultations import close_unanswered
from filings.lifecycle.issuing import Printed
from filings.lifecycle.publications import end_publication
from filings.lifecycle.receipts import next_receipt
from filings.lifecycle.request import ActionRequest
from filings.models import AdjustmentReason, CancelledRevision, Filing, IssuedCopy, Remark, Review, Revision
from filings.reviewing.remarks import conclude
from filings.reviewing.settlement import settle


def add_nothing(request: ActionRequest, now: datetime) -> dict[str, str]:
    """Record only the reason, if there is one."""
    return {"reason": request.reason} if request.reason else {}


def add_signature(request: ActionRequest, now: datetime) -> dict[str, str]:
    """Record which revision was signed, and the statements that the head has ticked, one a line."""
    revision = request.revision
    statements = {"statements": "\n".join(request.statements)} if request.statements else {}
    signed = {"revision": str(revision.number), "sha256": revision.sha256, "receipt": revision.receipt}
    return {**signed, **_attached(request.filing), **statements, **add_nothing(request, now)}


def add_revision(request: ActionRequest, now: datetime) -> dict[str, str]:
    """Freeze the draft as a revision, with its findings and a restore point, and conclude the remarks of a return."""
    filing, document = request.filing, request.draft.document
    if filing.status == Status.RETURNED:
        conclude(filing, document)
    attached = _attached(filing)
    number = filing.next_number()
    revision = filing.revisions.create(
        number=number,
        receipt=next_receipt(filing, number),
        content=canonical_json.dumps(document),
        sha256=canonical_json.digest(document),
        submitted_by=request.by,
        submitted_by_name=request.by.name,
        submitted_at=now,
    )
    assessment.store(revision, request.draft_assessment, at=now)
    drafts.keep_restore_point(filing, PointKind.SUBMISSION, request.draft, by=request.by, detail=str(number))
    adjusted = _add_reasons(request, revision, now)
    late = {"late": "1"} if filing.is_late(now) else {}
    note = {"note": request.note} if request.note else {}
    submitted = {"revision": str(number), "sha256": revision.sha256, "receipt": revision.receipt}
    return {**submitted, **attached, **adjusted, **note, **late}


def begin_adjustment(request: ActionRequest, now: datetime) -> dict[str, str]:
    """Adjust the copy in force, record the reason, and remove drafts of reasons of an earlier adjustment.

    The copy is read inside the transaction, since it may have been issued again after the request was checked.
    """
    filing = request.filing
    Filing.objects.filter(pk=filing.pk).update(adjusts=filing.issued_copies.get(live=True))
    drafted(filing).delete()
    return add_nothing(request, now)


def cancel_adjustment(request: ActionRequest, now: datetime) -> dict[str, str]:
    """Set the draft back to the copy in force, and give up what was submitted and asked since.

    Versions of the adjustment stay readable as cancelled ones. Reasons that were not submitted are removed.
    """
    filing, revision = request.filing, request.filing.issued_copies.select_related("revision").get(live=True).revision
    later = filing.revisions.filter(number__gt=revision.number, cancelled=None).order_by("number")
    cancelled = CancelledRevision.objects.bulk_create(CancelledRevision(revision=each) for each in later)
    drafts.set_back(filing, revision, by=request.by, at=now)
    drafted(filing).delete()
    close_unanswered(filing, now)
    numbers = {"cancelled": "\n".join(str(each.revision.number) for each in cancelled)} if cancelled else {}
    return {"restored": str(revision.number), "sha256": revision.sha256, **numbers}


def _add_reasons(request: ActionRequest, revision: Revision, now: datetime) -> dict[str, str]:
    """Freeze the reasons of the rows that an adjustment changes, and record each row, one a line.

    Reasons of rows that are no longer changed stay drafts. The code of the adjusted copy is read inside the
    transaction, since the copy may have been issued again, for the same version, after the request was checked.
    """
    if (adjustment := request.adjustment) is None:
        return {}
    places = {str(row.place) for row in adjustment.rows}
    reasons = [reason for reason in drafted(request.filing) if reason.place in places]
    for reason in reasons:
        reason.pk, reason.revision = None, revision
    AdjustmentReason.objects.bulk_create(reasons)
    lines = "\n".join(map(canonical_text, adjustment.rows))
    code = Filing.objects.values_list("adjusts__code", flat=True).get(pk=request.filing.pk)
    return {"adjusts": code, "adjusted": lines}


def _attached(filing: Filing) -> dict[str, str]:
    """Record hash and name of each attachment, one a line, so that the chain of events covers them."""
    lines = [f"{each.sha256} {each.name}" for each in filing.present_attachments()]
    return {"attachments": "\n".join(lines)} if lines else {}


def add_review(request: ActionRequest, now: datetime) -> dict[str, str]:
    """Add the decision with its remarks, and settle earlier ones."""
    revision, filing = request.revision, request.filing
    review = Review.objects.create(
        revision=revision,
        stage=filing.stage,
        decision=request.action,
        by=request.by,
        by_name=request.by.name,
        by_role=request.acting.role,
        by_office=request.acting.place_name,
        grade=request.final_grade,
        scores=request.completed_scores,
        round=filing.round,
        exception_reason=request.exception_reason,
        reason=request.reason,
        at=now,
    )
    remarks = request.recorded_remarks
    Remark.objects.bulk_create(
        Remark(filing=filing, review=review, round=filing.round, **asdict(remark)) for remark in remarks
    )
    written = [remark.place for remark in remarks if not remark.internal]
    settle(review, filing, request.settled, written=written, at=now)
    detail = {"revision": str(revision.number), "sha256": revision.sha256, "stage": filing.stage}
    if request.exception_reason:
        detail["exception_reason"] = request.exception_reason
    return detail | add_nothing(request, now)


def revoke_copy(request: ActionRequest, now: datetime) -> dict[str, str]:
    """Mark the issued copy as revoked; its file and its revision stay. Its publication ends."""
    copy = request.filing.issued_copies.get(live=True)
    end_publication(request.filing, PublicationEnd.REVOKED, by=request.by, now=now, reason=request.reason)
    IssuedCopy.objects.filter(pk=copy.pk).update(
        live=False,
        revoked_at=now,
        revoked_by=request.by,
        revoked_by_name=request.by.name,
        revoked_by_office=request.acting.place_name,
        revocation_reason=request.reason,
    )
    return {**add_nothing(request, now), "copy": copy.sha256, "code": copy.code}


def add_issued_copy(request: ActionRequest, printed: Printed, now: datetime) -> dict[str, str]:
    """Add the decision, put the printed copy in force instead of the one before, and end open questions.

    It also supersedes a revoked copy, so that all copies of a filing form one chain.
    """
    detail = add_review(request, now)
    put_in_force(request.filing, request.revision, printed, now)
    close_unanswered(request.filing, now)
    return {**detail, **printed.detail()}


def put_in_force(
    filing: Filing, revision: Revision, printed: Printed, now: datetime, *, reissue_reason: str = ""
) -> IssuedCopy:
    """Put a printed copy in force instead of the one before, inside the transaction that has locked the filing."""
    superseded = filing.issued_copies.order_by("id").last()
    filing.issued_copies.filter(live=True).update(live=False)
    return IssuedCopy.objects.create(
        filing=filing,
        revision=revision,
        sha256=printed.sha256,
        code=printed.code,
        seal_sha256=printed.seal_sha256,
        signed_by=printed.signed_by,
        certificate_sha256=printed.certificate_sha256,
        level=printed.level,
        reissue_reason=reissue_reason,
        supersedes=superseded,
        issued_at=now,
    )
