"""Saves of a review's draft by the page's script, and what is done with drafts on earlier revisions.

A draft belongs to the revision that the page displayed, also after a newer one has been submitted.
"""

import json
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import permissions
from filings.forms.review import draft_fields
from filings.models import Filing, Revision, User
from filings.reviewing import review_draft
from filings.reviewing.new_remark import length_refusal
from filings.reviewing.review_draft import OlderDraft
from filings.views.access import UserRequest, login_or_json
from filings.views.review.access import filing_for_draft, last_action, may_decide_now
from filings.views.review.expired_login import login_required_for_review
from filings.views.review.posted_draft import PostedDraft, keep
from filings.views.review.remark_fields import older_remarks

MERGED = "您在另一个窗口也写了内容，已合并，请核对。"


@require_POST
@login_or_json
def save(request: UserRequest, filing_id: int) -> JsonResponse:
    """Save the draft. 409 with the fields of the newer draft if another window has saved one."""
    posted, lock = _read(request.body)
    filing = filing_for_draft(request.user, filing_id, posted)
    if posted is None:
        return JsonResponse({"refusal": "无法识别保存的内容，请刷新页面后重试。"}, status=HTTPStatus.BAD_REQUEST)
    if posted.user_id != request.user.pk:
        refusal = f"现在登录的是{request.user.name}，本页由其他用户打开，未保存。"
        return JsonResponse({"refusal": refusal}, status=HTTPStatus.FORBIDDEN)
    revision = posted.revision_of(filing)
    if revision is None:
        raise Http404
    if not review_draft.save(revision, request.user, posted.content, posted.number):
        return JsonResponse({"newer": _newer(revision, request.user)}, status=HTTPStatus.CONFLICT)
    if filing.lock == lock:
        notice = "".join(length_refusal(remark.text) for remark in posted.content.remarks.values())
    else:
        notice = f"{last_action(filing)}这份申报表。您写的意见已保存，请刷新页面后再办。"
    return JsonResponse({"saved_at": timezone.localtime().strftime("%H:%M"), "notice": notice})


@require_POST
@login_required_for_review
def take_over(request: UserRequest, filing_id: int) -> HttpResponse:
    """Bring the remarks typed on an earlier revision to the present one (移到本版)."""
    filing, revision, old = _older_draft(request, filing_id)
    if old and revision and not review_draft.take_over(old, revision, request.user):
        messages.warning(request, "未移到本版：您在另一个窗口刚有改动，请核对后重新点击「移到本版」。")
    elif old:
        messages.success(request, _moved(old, filing))
    return redirect("review", filing.pk)


@require_POST
@login_required_for_review
def drop(request: UserRequest, filing_id: int) -> HttpResponse:
    """Delete the remarks typed on an earlier revision (删去)."""
    filing, _revision, old = _older_draft(request, filing_id)
    if old:
        review_draft.discard(old.revision, request.user, old.number)
        messages.success(request, f"第 {old.revision.number} 版上未提交的意见已删去。")
    return redirect("review", filing.pk)


def _moved(old: OlderDraft, filing: Filing) -> str:
    """Confirm which remarks are moved, by the names of their rows."""
    names = dict.fromkeys(f"「{name}」" for name, _text in older_remarks(old, filing.cycle.edition.definition()))
    rows = f"（{'、'.join(names)}）" if names else ""
    return f"已将第 {old.revision.number} 版上的 {old.content.count} 条意见{rows}移到本版，请逐条核对。"


def _read(body: bytes) -> tuple[PostedDraft | None, int]:
    """Read a save and the lock of its page; None if it is malformed."""
    try:
        data = json.loads(body)
        fields = {str(name): str(text) for name, text in data["fields"].items()}
        return PostedDraft.read(data, fields), int(data["lock"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, 0


def _older_draft(request: UserRequest, filing_id: int) -> tuple[Filing, Revision | None, OlderDraft | None]:
    """Fetch the draft that the page offers to those who may decide, after saving what was typed on the page."""
    posted = PostedDraft.of_form(request.POST)
    filing = filing_for_draft(request.user, filing_id, posted)
    keep(posted, filing, request.user)
    if not may_decide_now(request.user, filing):
        return filing, None, None
    revision = permissions.last_visible_revision(request.user, filing)
    return filing, revision, review_draft.of_filing(filing, revision, request.user).older


def _newer(revision: Revision, user: User) -> dict[str, object]:
    stored = review_draft.load(revision, user)
    saved_at = timezone.localtime(stored.saved_at).strftime("%H:%M") if stored.saved_at else ""
    return {"number": stored.number, "saved_at": saved_at, "fields": draft_fields(stored.content)}
