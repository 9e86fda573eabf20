"""Saves of an answer to a remark by the fill-in page's script, with the answers that the page has seen or sent."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings.choices import RemarkState
from filings.drafts.remark_answers import SeenAnswer, save_answer
from filings.errors import AnswerTooLong, NewerAnswer, StepRefused
from filings.formats.pdf import check_glyphs
from filings.views.access import UserRequest, login_or_json
from filings.views.editor.access import own_filing

LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class PostedAnswer:
    """An answer as the script sends it; the choice may be missing.

    `seen` are the answer that the page has seen stored, and those sent since then whose saves may be in progress.
    """

    user_id: int
    remark: int
    seen: tuple[SeenAnswer, ...]
    text: str
    choice: RemarkState | None


@require_POST
@login_or_json
def save(request: UserRequest, filing_id: int) -> JsonResponse:
    """Save an answer. 400 for an unreadable body, 403 for another user's page, 409 for a refusal or a conflict."""
    filing = own_filing(request, filing_id)
    try:
        posted = _read(request.body)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return JsonResponse({"refusal": "无法识别保存的内容，请刷新页面后重试。"}, status=HTTPStatus.BAD_REQUEST)
    if posted.user_id != request.user.pk:
        refusal = f"现在登录的是{request.user.name}，本页由其他用户打开，未保存。"
        return JsonResponse({"refusal": refusal}, status=HTTPStatus.FORBIDDEN)
    try:
        save_answer(filing, posted.remark, seen=posted.seen, text=posted.text, choice=posted.choice, by=request.user)
    except NewerAnswer as newer:
        stored = {"text": newer.text, "choice": newer.choice}
        return JsonResponse({"refusal": newer.reason, "stored": stored}, status=HTTPStatus.CONFLICT)
    except AnswerTooLong as refused:
        return JsonResponse({"refusal": refused.reason, "too_long": True}, status=HTTPStatus.CONFLICT)
    except StepRefused as refused:
        return JsonResponse({"refusal": refused.reason}, status=HTTPStatus.CONFLICT)
    unprintable = check_glyphs.refusal(posted.text)
    saved_at = timezone.localtime().strftime("%H:%M")
    return JsonResponse({"saved_at": saved_at, "unprintable": f"说明{unprintable}" if unprintable else ""})


def _read(body: bytes) -> PostedAnswer:
    data = json.loads(body)
    remark, user_id = int(data["remark"]), int(data["person"])
    if not 0 <= remark <= LARGEST_NUMBER:
        raise ValueError("remark out of range")
    choice = RemarkState(data["choice"]) if data["choice"] else None
    seen = tuple(SeenAnswer(str(each["text"]), str(each["choice"])) for each in data["seen"])
    return PostedAnswer(user_id, remark, seen, str(data["text"]), choice)
