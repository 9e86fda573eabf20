"""Saves by the fill-in page's script: a list of changes, answered with everything that the page must update.

All answers are JSON, also for an expired login.
"""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import drafts
from filings.choices import PointKind
from filings.document.place import Place
from filings.drafts import CellConflict, Change, SaveResult
from filings.errors import StepRefused
from filings.forms.draft import identity
from filings.models import Filing
from filings.views.access import UserRequest, login_or_json
from filings.views.editor.access import own_filing
from filings.views.editor.corrections import Corrections
from filings.views.editor.table.sheet import EditorSheet
from filings.views.editor.table.target_hint import hint_html
from filings.views.editor.table.unsaved import conflict_message
from filings.views.table.annotated import anchor
from filings.views.table.notes import marks_html, notes_html

LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class PostedSave:
    """A save as the script sends it. `user_id` is the user who opened the page: no save is stored under another name.

    `since` is the number of the latest edit that the page has seen; `point` asks for a restore point. `is_checked`
    means that the page reports everything that prevents a submission (核对全表).
    """

    client_id: str
    user_id: int
    since: int
    point: PointKind | None
    changes: list[Change]
    is_checked: bool


@require_POST
@login_or_json
def changes(request: UserRequest, filing_id: int) -> JsonResponse:
    """Save changes. 400 for an unreadable body, 403 for another user's page, 409 for a refused save."""
    filing = own_filing(request, filing_id)
    try:
        posted = _read(request)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return JsonResponse({"refusal": "无法识别保存的内容，请刷新页面后重试。"}, status=HTTPStatus.BAD_REQUEST)
    if posted.user_id != request.user.pk:
        refusal = f"现在登录的是{request.user.name}，本页由其他用户打开，未保存。"
        return JsonResponse({"refusal": refusal}, status=HTTPStatus.FORBIDDEN)
    try:
        saved = drafts.save(
            filing,
            posted.changes,
            by=request.user,
            client_id=posted.client_id,
            since=posted.since,
            point=posted.point,
        )
    except StepRefused as refused:
        return JsonResponse({"refusal": refused.reason}, status=HTTPStatus.CONFLICT)
    return JsonResponse(_answer(request, filing, saved, is_checked=posted.is_checked))


def _read(request: UserRequest) -> PostedSave:
    """Parse the body. Raises ValueError, KeyError, TypeError, OverflowError or RecursionError if it is malformed."""
    if request.content_type != "application/json":
        raise ValueError("content type is not JSON")
    data = json.loads(request.body)
    typed = [Change(str(item["place"]), str(item["before"]), str(item["after"])) for item in data["changes"]]
    client_id = identity(str(data["client_id"]))
    if client_id is None:
        raise ValueError("invalid client id")
    user_id, since = int(data["person"]), int(data["since"])
    if not 0 <= since <= LARGEST_NUMBER:
        raise ValueError("edit number out of range")
    point = PointKind(data["point"]) if data.get("point") else None
    if point not in (None, PointKind.OPENED, PointKind.PASTE):
        raise ValueError("not a kind of restore point that a page creates")
    return PostedSave(client_id, user_id, since, point, typed, data.get("checked") is True)


def _answer(request: UserRequest, filing: Filing, saved: SaveResult, *, is_checked: bool) -> dict[str, Any]:
    draft = saved.draft or drafts.load(filing)
    unanswered = Corrections(filing, draft).unanswered
    sheet = EditorSheet(filing, draft, saved, is_complete_check=is_checked, unanswered=unanswered)
    panels = sheet.panels()
    notes = {anchor(place): notes for place, notes in sheet.draft_notes.items()}
    return {
        "saved_at": timezone.localtime(saved.at).strftime("%H:%M") if saved.at else "",
        "edit": saved.edit,
        "lock": filing.lock,
        "applied": [change.place for change in saved.applied],
        "conflicts": [_conflict(conflict, request) for conflict in saved.conflicts],
        "refused": [{"place": item.change.place, "said": item.reason} for item in saved.refusals],
        "news": dict(saved.news),
        "notes": {f"{cell}-notes": notes_html(of_cell).strip() for cell, of_cell in notes.items()},
        "marks": {f"{cell}-marks": marks_html(of_cell, cell).strip() for cell, of_cell in notes.items()},
        "understood": _target_hints(sheet, saved),
        "error_count": panels["error_count"],
        "open": sheet.open_cells(),
        "strip": sheet.funding().strip(),
        "sections": render_to_string("filings/editor/_sections.html", panels),
        "found": render_to_string("filings/editor/_findings.html", panels),
    }


def _conflict(conflict: CellConflict, request: UserRequest) -> dict[str, str | None]:
    message = conflict_message(conflict)
    if conflict.by_id == request.user.pk:
        message = message.replace(conflict.by, "您在另一个窗口", 1)
    return {"place": conflict.change.place, "stored": conflict.stored, "said": message}


def _target_hints(sheet: EditorSheet, saved: SaveResult) -> dict[str, str]:
    """The hint lines of the targets that this save or another user changed, by element id."""
    changed = {*(change.place for change in saved.applied), *saved.news}
    targets = sorted(Place.parse(place) for place in changed if place.endswith(".target"))
    stored = sheet.draft.stored
    return {f"{anchor(place)}-hint": hint_html(place, stored.text(place) or "") for place in targets}
