"""What the fill-in page's script saves: a list of changes, answered with all that the page must show anew.

Answers are JSON, also to somebody whose login has expired: the page asks them to log in again and goes on.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import drafts
from filings.choices import PointKind
from filings.document.place import Place
from filings.drafts import CellConflict, Change, Saved
from filings.errors import StepRefused
from filings.forms.draft import identity
from filings.models import Filing
from filings.views.access import UserRequest
from filings.views.editor.cells import notes_html
from filings.views.editor.form_posts import own_filing
from filings.views.editor.sheet import EditorSheet
from filings.views.editor.target_hint import understood_html
from filings.views.editor.unsaved import other_in_words
from filings.views.table.annotated import anchor

UNREADABLE, LOGGED_OUT, SOMEBODY_ELSE, REFUSED = 400, 401, 403, 409
LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Posted:
    """A save as the script sends it. `person` is who opened the page: a save must not go under another's name."""

    client_id: str
    person: int
    since: int
    point: PointKind | None
    changes: list[Change]


def login_or_json(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Like `login_required`, for scripts."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"refusal": "登录已经过期。"}, status=LOGGED_OUT)
        return view(request, *args, **kwargs)

    return answer


@require_POST
@login_or_json
def changes(request: UserRequest, filing_id: int) -> JsonResponse:
    filing = own_filing(request, filing_id)
    try:
        posted = _read(request)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return JsonResponse({"refusal": "这次保存没有读懂，请刷新页面后再试。"}, status=UNREADABLE)
    if posted.person != request.user.pk:
        refusal = f"现在登录的是{request.user.name}，这一页是别人打开的，没有保存。"
        return JsonResponse({"refusal": refusal}, status=SOMEBODY_ELSE)
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
        return JsonResponse({"refusal": refused.reason}, status=REFUSED)
    return JsonResponse(_answer(request, filing, saved))


def _read(request: UserRequest) -> Posted:
    """Raises ValueError, KeyError, TypeError, OverflowError or RecursionError for what the script does not send."""
    if request.content_type != "application/json":
        raise ValueError("not what the script sends")
    data = json.loads(request.body)
    typed = [Change(str(item["place"]), str(item["before"]), str(item["after"])) for item in data["changes"]]
    client_id = identity(str(data["client_id"]))
    if client_id is None:
        raise ValueError("no client id")
    person, since = int(data["person"]), int(data["since"])
    if not 0 <= since <= LARGEST_NUMBER:
        raise ValueError("no number of a save")
    point = PointKind(data["point"]) if data.get("point") else None
    if point not in (None, PointKind.OPENED, PointKind.PASTE):
        raise ValueError("no point that a page makes")
    return Posted(client_id, person, since, point, typed)


def _answer(request: UserRequest, filing: Filing, saved: Saved) -> dict[str, Any]:
    sheet = EditorSheet(filing, saved.draft or drafts.load(filing), saved)
    found = sheet.found()
    return {
        "saved_at": timezone.localtime(saved.at).strftime("%H:%M") if saved.at else "",
        "edit": saved.edit,
        "lock": filing.lock,
        "applied": [change.place for change in saved.applied],
        "conflicts": [_conflict(conflict, request) for conflict in saved.conflicts],
        "refused": [{"place": item.change.place, "said": item.reason} for item in saved.refusals],
        "news": dict(saved.news),
        "is_outdated": saved.is_outdated,
        "notes": {f"{anchor(place)}-notes": str(notes_html(notes)) for place, notes in sheet.found_notes.items()},
        "understood": _understood(sheet, saved),
        "error_count": found["error_count"],
        "strip": str(sheet.strip()),
        "sections": render_to_string("filings/editor/_sections.html", found),
        "found": render_to_string("filings/editor/_findings.html", found),
    }


def _conflict(conflict: CellConflict, request: UserRequest) -> dict[str, str | None]:
    said = other_in_words(conflict)
    if conflict.by_id == request.user.pk:
        said = said.replace(conflict.by, "您自己（另一个窗口）", 1)
    return {"place": conflict.change.place, "stored": conflict.stored, "said": said}


def _understood(sheet: EditorSheet, saved: Saved) -> dict[str, str]:
    """The line under each target that was changed, by its id."""
    places = {*(change.place for change in saved.applied), *saved.news}
    stored = sheet.draft.stored
    targets = [at for place in places if place.endswith(".target") for at in [Place.parse(place)]]
    return {f"{anchor(at)}-hint": str(understood_html(at, stored.text(at) or "")) for at in sorted(targets)}
