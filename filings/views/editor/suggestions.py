"""What the fill-in page's script offers while an indicator is typed: names, or values that others gave a like name."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.http import require_GET

from filings.library import suggest
from filings.library.matching import LONGEST_QUERY
from filings.library.suggest import Suggestion
from filings.models import Filing
from filings.views.access import UserRequest
from filings.views.editor.autosave import SOMEBODY_ELSE, login_or_json
from filings.views.editor.form_posts import own_filing

KINDS = ("name", "target")
UNREADABLE = 400


@require_GET
@login_or_json
def suggestions(request: UserRequest, filing_id: int) -> JsonResponse:
    """`node` is the row's class in this form, `q` what was typed; for `kind=target`, `name` is the row's name."""
    try:
        filing = own_filing(request, filing_id)
    except PermissionDenied as denied:
        return JsonResponse({"refusal": str(denied)}, status=SOMEBODY_ELSE)
    kind = request.GET.get("kind", "name")
    if kind not in KINDS:
        return JsonResponse({"refusal": "没有读懂，请刷新页面后再试。"}, status=UNREADABLE)
    typed, name = (request.GET.get(key, "")[:LONGEST_QUERY] for key in ("q", "name"))
    canonical = _canonical(filing, request.GET.get("node", ""))
    if kind == "name":
        found = suggest.for_name(filing, canonical, typed)
    else:
        found = suggest.for_target(filing, canonical, name, typed)
    return JsonResponse(_answer(found))


def _canonical(filing: Filing, node: str) -> str:
    levels = filing.cycle.edition.definition().levels(node)
    return levels[1].canonical if levels else ""


def _answer(found: Sequence[Suggestion]) -> dict[str, Any]:
    """The suggestions, and in words how many there are and how they are reached."""
    said = f"有 {len(found)} 条可参考，按 Alt+↓ 选用"
    return {
        "label": "可参考的指标",
        "said": said if found else "",
        "suggestions": [{"name": one.name, "values": one.values, "source": one.source} for one in found],
    }
