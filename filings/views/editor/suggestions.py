"""Suggestions for the script while an indicator is typed: names, or values that others use for a similar name."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.http import require_GET

from filings.library import suggest
from filings.library.matching import LONGEST_QUERY
from filings.library.suggest import Suggestion
from filings.models import Filing
from filings.views.access import UserRequest, login_or_json
from filings.views.editor.access import own_filing

KINDS = ("name", "target")


@require_GET
@login_or_json
def suggestions(request: UserRequest, filing_id: int) -> JsonResponse:
    """Suggest names, or with `kind=target` values for the row called `name`.

    `node` is the row's class in the filing's edition, `q` the text typed so far.
    """
    try:
        filing = own_filing(request, filing_id)
    except PermissionDenied as denied:
        return JsonResponse({"refusal": str(denied)}, status=HTTPStatus.FORBIDDEN)
    kind = request.GET.get("kind", "name")
    if kind not in KINDS:
        return JsonResponse({"refusal": "无法识别请求，请刷新页面后重试。"}, status=HTTPStatus.BAD_REQUEST)
    typed, name = (request.GET.get(key, "")[:LONGEST_QUERY] for key in ("q", "name"))
    canonical = _canonical(filing, request.GET.get("node", ""))
    if kind == "name":
        return JsonResponse(_answer(suggest.for_name(filing, canonical, typed)))
    return JsonResponse(_answer(suggest.for_target(filing, canonical, name, typed)))


def _canonical(filing: Filing, node: str) -> str:
    levels = filing.cycle.edition.definition().levels(node)
    return levels[1].canonical if levels else ""


def _answer(suggested: Sequence[Suggestion]) -> dict[str, Any]:
    """The suggestions, with their number and the key to reach them as a message for screen readers."""
    return {
        "label": "可参考的指标",
        "said": f"有 {len(suggested)} 条可参考，按 ↓ 选用" if suggested else "",
        "suggestions": [{"name": item.name, "values": item.values, "source": item.source} for item in suggested],
    }
