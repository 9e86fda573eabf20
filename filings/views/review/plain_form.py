"""Posts of the review page without scripts: save the draft, fill in canned texts and proposed points."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from filings.checks import assessment
from filings.document.place import Place
from filings.models import Filing, Revision
from filings.policy.reason_codes import ReasonCode, fill_in, next_text
from filings.reviewing.row_names import row_name
from filings.reviewing.scoring.entries import plain
from filings.reviewing.scoring.proposals import points_of, propose
from filings.views.access import UserRequest
from filings.views.review.access import decidable_revision, filing_for_draft
from filings.views.review.draft_posts import MERGED
from filings.views.review.expired_login import login_required_for_review
from filings.views.review.posted_draft import PostedDraft, keep
from filings.views.review.queue_place import open_review, query_of
from filings.views.table import annotated

_ONLY_SAVED = "已保存，未填入其他内容：这份申报表现不由您审核，或者页面不完整。"


@require_POST
@login_required_for_review
def save_form(request: UserRequest, filing_id: int) -> HttpResponse:
    posted = PostedDraft.of_form(request.POST)
    return _save(request, filing_for_draft(request.user, filing_id, posted), posted, "已保存。")


@require_POST
@login_required_for_review
def fill_scores(request: UserRequest, filing_id: int) -> HttpResponse:
    """Give the items of the score sheet without points the proposed ones (全部按建议填写)."""
    posted = PostedDraft.of_form(request.POST)
    filing = filing_for_draft(request.user, filing_id, posted)
    revision = decidable_revision(request.user, filing, posted)
    if posted is None or revision is None:
        return _save(request, filing, posted, _ONLY_SAVED)
    sheet, findings = filing.cycle.review_policy().score_sheet, assessment.assess_revision(revision).items
    proposed = {key: plain(points) for key, points in points_of(propose(sheet, findings)).items()}
    posted = replace(posted, content=posted.content.with_points(proposed))
    return _save(request, filing, posted, "没有评分的各项已按建议填写，并已保存。", "#scores")


@require_POST
@login_required_for_review
def fill_canned(request: UserRequest, filing_id: int) -> HttpResponse:
    """Fill in the canned text of the reason chosen for a row; a repeated click takes the next one (填入常用意见)."""
    posted = PostedDraft.of_form(request.POST)
    filing = filing_for_draft(request.user, filing_id, posted)
    revision = decidable_revision(request.user, filing, posted)
    place = _place(request.POST.get("place", ""))
    if posted is None or revision is None or place is None:
        return _save(request, filing, posted, _ONLY_SAVED)
    remark = posted.content.remarks.get(str(place))
    reason = filing.cycle.review_policy().reason(remark.code) if remark else None
    anchor = f"#{annotated.anchor(place)}"
    if remark is None or reason is None:
        return _save(request, filing, posted, "已保存。没有填入常用意见：请先选择原因，再点「填入常用意见」。", anchor)
    if not reason.texts:
        return _save(request, filing, posted, f"已保存。原因「{reason.label}」没有常用意见，请自行填写。", anchor)
    text = next_text(_canned_texts(reason, place, revision), remark.text)
    posted = replace(posted, content=posted.content.with_text(str(place), text))
    return _save(request, filing, posted, f"已填入常用意见并保存：{text}", anchor)


def _canned_texts(reason: ReasonCode, place: Place, revision: Revision) -> list[str]:
    row = row_name(place, revision.document(), revision.filing.cycle.edition.definition())
    return [fill_in(text, name=row.name, value=row.value) for text in reason.texts]


def _place(text: str) -> Place | None:
    try:
        return Place.parse(text)
    except ValueError:
        return None


def _save(
    request: UserRequest, filing: Filing, posted: PostedDraft | None, done: str, anchor: str = ""
) -> HttpResponse:
    """Store what was posted and open the page again at an anchor."""
    kept = keep(posted, filing, request.user)
    if kept is None:
        messages.error(request, "未保存：这一页不完整，或者由其他用户打开。请刷新页面后再写。")
    elif kept.is_newest:
        messages.success(request, done)
    else:
        messages.warning(request, MERGED)
    response = open_review(filing, query_of(request.POST))
    response["Location"] += anchor
    return response
