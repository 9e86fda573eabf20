"""审核: one page to read a table with its findings, changes and earlier remarks, to write remarks, and to decide."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from filings import permissions
from filings.checks.assessment import FilingAssessment
from filings.choices import Action, Handling, RemarkState, Status
from filings.document.place import WHOLE_TABLE
from filings.forms.review import ReviewForm
from filings.lifecycle import claims
from filings.lifecycle.open_points import OpenPoint, open_points
from filings.models import Filing, Review, User
from filings.permissions import Access
from filings.policy.policy import ReviewPolicy
from filings.reviewing import open_pages, remarks, review_draft
from filings.reviewing.draft_content import DraftContent
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.review.access import drafted_filing, last_action, may_decide_now, page_signature
from filings.views.review.consultations import asked_questions
from filings.views.review.decision_steps import decision_step
from filings.views.review.expired_login import adopt_typed
from filings.views.review.facts import facts_of
from filings.views.review.gone import gone_page
from filings.views.review.modes import reading_of
from filings.views.review.panel import finding_items, remark_threads
from filings.views.review.queue_place import place_of, query_of
from filings.views.review.remark_fields import RemarkFields, older_remarks
from filings.views.review.script_data import script_messages
from filings.views.review.sheet import ReviewSheet
from filings.views.scores.panel import score_panel
from filings.views.table import annotated
from filings.views.table.funding import coverage_of, funding_html
from filings.views.visible_version import VisibleVersion, reviews_of, visible_version


@never_cache
@login_required
def review(request: UserRequest, filing_id: int) -> HttpResponse:
    try:
        filing = filing_or_404(request.user, filing_id)
    except Http404:
        return gone_page(request, filing_id)
    access = may_decide_now(request.user, filing)
    if filing.status == Status.IN_REVIEW:
        demand(access)
    elif not drafted_filing(request.user, filing.pk):
        demand(permissions.may_read_review(request.user, filing))
    if adopt_typed(request, filing):
        messages.info(request, "已恢复登录过期前填写的内容，请核对。")
    return review_page(request, filing, access=access)


def review_page(
    request: UserRequest,
    filing: Filing,
    *,
    content: DraftContent | None = None,
    access: Access | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page with the user's draft; after a refusal with the posted `content` and the filing as it is now."""
    version = visible_version(request.user, filing)
    drafts = review_draft.of_filing(filing, version.revision, request.user)
    content = content or drafts.present.content
    policy = filing.cycle.review_policy()
    can_decide = bool(may_decide_now(request.user, filing) if access is None else access)
    may_see_internal = bool(permissions.may_see_internal(request.user, filing))
    fields = RemarkFields(version, content, policy.reasons, can_decide, may_see_internal)
    context = {
        **_table(request, fields, policy),
        **_facts(version, request.user),
        **(_decision(fields, policy) if can_decide else {"happened": last_action(filing)}),
        "filing": filing,
        "version": version,
        "draft": drafts.present,
        "older": drafts.older,
        "older_remarks": older_remarks(drafts.older, version.edition) if drafts.older else [],
        "content": content,
        "can_decide": can_decide,
        "closed": permissions.may_act_in(filing.cycle).reason,
        "may_see_internal": may_see_internal,
        "claimer": claims.claimer(filing, request.user) if can_decide else None,
        "can_waive": can_decide and permissions.may_waive(request.user, filing),
        "open_elsewhere": open_pages.others(filing, request.user) if can_decide else [],
        "place": place_of(request.user, filing, query_of(request.POST or request.GET)),
        "signature": page_signature(version.revision, request.user) if can_decide and version.revision else "",
        "now": timezone.now(),
        "canned_texts": {reason.key: reason.texts for reason in policy.reasons},
        "script_messages": script_messages(),
        "refusal": refusal,
    }
    return render(request, "filings/review/page.html", context, status=status)


def _table(request: UserRequest, fields: RemarkFields, policy: ReviewPolicy) -> dict[str, object]:
    """Build the table in the chosen mode with its findings, changes and earlier remarks."""
    version = fields.version
    reviews = reviews_of(version.filing, request.user)
    wanted, reviewed = request.GET.get("mode", ""), {review.revision_id for review in reviews}
    is_resubmitted = _was_returned_last(version.filing, reviews)
    reading = reading_of(version, wanted, is_resubmitted=is_resubmitted, reviewed=reviewed)
    threads = remarks.by_row(remark for review in reversed(reviews) for remark in review.remarks.all())
    sheet = ReviewSheet(fields, reading, frozenset(threads))
    findings = finding_items(sheet.grid, version, fields)
    listed = remark_threads(threads, policy, fields, sheet.places)
    return {
        "reading": reading,
        "table": sheet.html,
        "unplaced": sheet.unplaced([WHOLE_TABLE, *(item.place for item in findings if item.field)]),
        "whole_table": fields.html(WHOLE_TABLE),
        "findings": findings,
        "verdict": version.assessment.counts_summary,
        "changes": sheet.changes,
        "item_count": len(findings) + len(sheet.changes),
        "threads": listed,
        "unsettled": sum(thread.unsettled for thread in listed),
        "unsettled_answers": sum(item.is_unsettled for thread in listed for item in thread.answered),
        "questions": (questions := asked_questions(request.user, fields, sheet.places)),
        "unanswered": [asked.consultation for asked in questions if not asked.consultation.answered_at],
        "reviews": reviews,
        "has_scores": any(review.scores for review in reviews),
    }


def _was_returned_last(filing: Filing, reviews: Iterable[Review]) -> bool:
    """Whether the filing was returned since its last approval: `remarks.is_resubmitted` without another query.

    `reviews` are newest first.
    """
    last = filing.cycle.stages_for(filing.department)[-1:]
    ends = (review.decision for review in reviews if review.decision == Action.RETURN or review.stage in last)
    return next(ends, None) == Action.RETURN


def _facts(version: VisibleVersion, user: User) -> dict[str, object]:
    context = version.assessment.context
    return {
        "facts": facts_of(version, user),
        "coverage": coverage_of(context, annotated.href),
        "funding": funding_html(context, annotated.href),
    }


def _decision(fields: RemarkFields, policy: ReviewPolicy) -> dict[str, object]:
    """Build the dialogs of the decision and the score sheet, with what is typed there."""
    filing, content, assessment = fields.version.filing, fields.content, fields.version.assessment
    points = _points(filing, assessment, content)
    accepted = [pk for pk, state in content.settled_states.items() if state == RemarkState.ACCEPTED]
    return {
        "form": ReviewForm.of(content),
        "step": decision_step(filing),
        "points": points,
        "accepted": accepted,
        "is_left_open": any(point.remark not in accepted for point in points),
        "reopens_whole": not policy.partial_reopening,
        "scores": score_panel(policy.score_sheet, assessment.items, content.entered_scores),
    }


def _points(filing: Filing, assessment: FilingAssessment, content: DraftContent) -> list[OpenPoint]:
    """Return what an approval of the draft would leave open against the cycle's policy if it accepted no remark.

    The page hides the points about accepted remarks, which change while one works on it.
    """
    points = open_points(filing, assessment, remarks=content.new_remarks(), grade=content.grade)
    return [point for point in points if point.handling != Handling.ALLOW]
