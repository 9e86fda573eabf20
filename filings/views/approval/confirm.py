"""批复: one page sums up what is approved; confirming queues it, and it can be cancelled until it is issued."""

import json
from dataclasses import replace
from hashlib import sha256
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from filings import permissions
from filings.actions.table import ACTIONS
from filings.choices import Action, Handling, Status
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.forms.approval import ApprovalForm
from filings.forms.error_text import error_text
from filings.forms.review import ReviewForm
from filings.lifecycle import approvals, claims, consultations, transitions
from filings.lifecycle.open_points import OpenPoint, OpenPointKind
from filings.lifecycle.waiting_approval import waiting_approval
from filings.models import Filing, PendingApproval
from filings.reviewing import review_draft
from filings.reviewing.draft_content import DraftContent
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.approval import summary
from filings.views.review.gone import gone_decision, gone_page
from filings.views.review.queue_place import following, open_review, query_of
from filings.views.visible_version import visible_version

_CHANGED = "您的审核意见在另一个窗口改动过，下面是最新的内容。请核对后再批复。"


@login_required
def approve(request: UserRequest, filing_id: int) -> HttpResponse:
    """Show what would be approved (GET), or queue the approval (POST)."""
    try:
        filing = filing_or_404(request.user, filing_id)
    except Http404:
        if request.method == "POST":
            return gone_decision(request, filing_id, ReviewForm(request.POST).content)
        return gone_page(request, filing_id)
    if filing.status != Status.IN_REVIEW:
        demand(permissions.may_revoke(request.user, filing))
        messages.info(request, ACTIONS[Action.APPROVE_STAGE].out_of_turn)
        return redirect("read", filing.pk)
    demand(permissions.may_decide(request.user, filing))
    if waiting_approval(filing):
        return redirect("read", filing.pk)
    if not transitions.is_last_stage(filing):
        return redirect("review", filing.pk)
    return _queue(request, filing) if request.method == "POST" else approval_page(request, filing)


def approval_page(
    request: UserRequest, filing: Filing, *, form: ApprovalForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Render the page; after a refusal with the user's input in `form` and the filing in its present state."""
    version = visible_version(request.user, filing)
    revision = filing.present_revision()
    content = review_draft.load(revision, request.user).content
    seen = _digest(content)
    form = form or ApprovalForm(initial={"exception_reason": content.exception_reason, "grade": content.grade})
    if "grade" in form.data:
        content = replace(content, grade=str(form.data["grade"]))
    grade = summary.grade_of(filing, version, content)
    points = summary.left_open(filing, version, content, grade.grade)
    document, edition = version.document, version.edition
    seal = summary.seal_preview(filing.department, edition)
    context = {
        "filing": filing,
        "version": version,
        "amounts": summary.amounts_of(document, edition),
        "indicators": summary.indicator_counts(document, edition),
        "verdict": version.assessment.counts_summary,
        "left_open": points,
        "unanswered": consultations.unanswered([filing]),
        "is_refused": any(point.handling == Handling.REFUSE for point in points),
        "may_confirm": not grade.refusal and not any(_stops(point, grade) for point in points),
        "content": content,
        "grade": grade,
        "remarks": summary.remarks_of(version, content),
        "seal": seal,
        "notified": summary.notified(filing),
        "button": "批复并盖章" if seal.image else "批复",
        "undo_seconds": filing.cycle.review_policy().undo_seconds,
        "form": form,
        "queue": query_of(request.POST or request.GET),
        "seen": seen,
        "refusal": refusal,
    }
    return render(request, "filings/approval/approve.html", context, status=status)


def _stops(point: OpenPoint, grade: summary.GradeSummary) -> bool:
    """Whether the policy refuses the point, unless it is a grade that is chosen on the page itself."""
    is_chosen_here = point.kind == OpenPointKind.LOW_GRADE and not grade.total
    return point.handling == Handling.REFUSE and not is_chosen_here


def _queue(request: UserRequest, filing: Filing) -> HttpResponse:
    form = ApprovalForm(request.POST)
    content = review_draft.load(filing.present_revision(), request.user).content
    if not form.is_valid():
        return approval_page(request, filing, form=form, refusal=error_text(form), status=HTTPStatus.BAD_REQUEST)
    if form.cleaned_data["seen"] != _digest(content):
        latest = ApprovalForm(initial={**form.cleaned_data, "grade": content.grade})
        return approval_page(request, filing, form=latest, refusal=_CHANGED, status=HTTPStatus.CONFLICT)
    content = replace(content, exception_reason=form.cleaned_data["exception_reason"])
    if "grade" in form.data:
        content = replace(content, grade=form.cleaned_data["grade"])
    lock = form.cleaned_data["lock"]
    query = query_of(request.POST)
    next_filing = following(request.user, filing, query)
    try:
        with claims.own(filing, by=request.user, over=None):
            approval = approvals.queue(filing, by=request.user, expected_lock=lock, content=content)
    except AlreadyDone as done:
        messages.info(request, done.reason)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        present = filing_or_404(request.user, filing.pk)
        return approval_page(request, present, form=form, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    else:
        messages.success(request, _queued(request, approval))
    return open_review(next_filing, query)


def _digest(content: DraftContent) -> str:
    """Identify what was shown, so that a draft changed in another window is not approved unseen."""
    return sha256(json.dumps(content.to_json(), sort_keys=True).encode()).hexdigest()


def _queued(request: UserRequest, approval: PendingApproval) -> str:
    """Confirm with a button that cancels, since the next filing opens."""
    context = {
        "approval": approval,
        "filing": approval.filing,
        "seconds": round((approval.due_at - approval.queued_at).total_seconds()),
    }
    return render_to_string("filings/approval/_queued.html", context, request=request)


@require_POST
@login_required
def cancel_approval(request: UserRequest, filing_id: int, approval_id: int) -> HttpResponse:
    """Cancel the approval if it is not issued yet; otherwise explain when it was and what can be done."""
    filing = filing_or_404(request.user, filing_id)
    approval = get_object_or_404(filing.pending_approvals.select_related("by", "filing"), pk=approval_id)
    try:
        approvals.cancel(approval, by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except AlreadyDone as done:
        messages.info(request, done.reason)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, "已撤销，未盖章。您写的意见保留在审核页。")
    still_decides = permissions.may_decide(request.user, filing_or_404(request.user, filing_id))
    return redirect("review" if still_decides else "read", filing.pk)
