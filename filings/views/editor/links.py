"""调整对应关系: link indicators to budget lines and duties by hand. Blank links are recognised automatically.

Links are saved like cells, as a list of changes. Duties are written by their numbers in the table: 1、3.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from filings import drafts
from filings.document.links import NOTHING, link
from filings.document.text import symbols
from filings.drafts import Change, Draft
from filings.drafts.assessment import assess_draft
from filings.errors import StepRefused
from filings.forms.draft import identity
from filings.models import Filing
from filings.rules.finding import RuleContext
from filings.rules.money.budget import name_of
from filings.rules.money.funding import assign_costs
from filings.rules.rows import ParsedIndicator
from filings.rules.texts.coverage import cover_duties
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing

_NUMBERS = re.compile(r"\d{1,2}(?:[、,，\s]+\d{1,2})*", re.ASCII)


@dataclass(frozen=True)
class LinkFields:
    """A row of the page: the links set by hand, and those recognised where none is set.

    `duties` is the field's text, `seen` the one that the page displayed.
    """

    row: ParsedIndicator
    money: str
    duties: str
    seen: str
    recognised_money: str
    recognised_duties: str
    refusal: str = ""


@never_cache
@login_required
def links(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    return _page(request, filing, drafts.load(filing), {}, {})


@require_POST
@login_required
def save(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    draft = drafts.load(filing)
    changes, refusals = _read(request, draft)
    parts = [part for change in changes for part in (change.place, change.before, change.after)]
    client_id = identity(request.POST.get("client_id", ""), *parts)
    if refusals or client_id is None:
        return _page(request, filing, draft, request.POST.dict(), refusals, status=HTTPStatus.BAD_REQUEST)
    try:
        saved = drafts.save(filing, changes, by=request.user, client_id=client_id)
    except StepRefused as refusal:
        return _page(
            request, filing, draft, request.POST.dict(), {}, refusal=refusal.reason, status=HTTPStatus.CONFLICT
        )
    if not saved.is_whole:
        message = f"他人刚修改 {len(saved.rejected)} 处，未覆盖。以下为最新内容，请核对。"
        return _page(request, filing, drafts.load(filing), {}, {}, refusal=message, status=HTTPStatus.CONFLICT)
    messages.success(request, "已保存。")
    return redirect("fill", filing.pk)


def _page(
    request: UserRequest,
    filing: Filing,
    draft: Draft,
    typed: Mapping[str, str],
    refusals: Mapping[str, str],
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    rule_context = assess_draft(filing, draft).context
    context = {
        "filing": filing,
        "rows": list(_rows(rule_context, typed, refusals)),
        "lines": [(line.key, name_of(line)) for line in rule_context.edition.lines],
        "duties": [duty.text for duty in rule_context.document.duties],
        "nothing": NOTHING,
        "client_id": uuid4().hex,
        "refusal": refusal,
    }
    return render(request, "filings/editor/links.html", context, status=status)


def _rows(context: RuleContext, typed: Mapping[str, str], refusals: Mapping[str, str]) -> Iterator[LinkFields]:
    funded = {row.key: name_of(item.line) for item in assign_costs(context) for row in item.rows}
    numbers: dict[str, list[str]] = {}
    for number, item in enumerate(cover_duties(context), start=1):
        for row in item.rows:
            numbers.setdefault(row.key, []).append(str(number))
    by_hand = context.known.links
    for row in context.rows:
        money = by_hand.money.get(row.key, "") or (NOTHING if row.key in by_hand.money else "")
        duties = _duty_numbers(row.key, context)
        yield LinkFields(
            row,
            typed.get(f"money-{row.key}", money),
            typed.get(f"duties-{row.key}", duties),
            duties,
            funded.get(row.key, ""),
            "、".join(numbers.get(row.key, ())),
            refusals.get(row.key, ""),
        )


def _duty_numbers(row: str, context: RuleContext) -> str:
    """Format the duties linked to a row by hand as numbers; 0 for no duty, '' if nothing was set."""
    if row not in context.known.links.duties:
        return ""
    order = [duty.key for duty in context.document.duties]
    known = [str(order.index(key) + 1) for key in context.known.links.duties[row] if key in order]
    return "、".join(known) or "0"


def _read(request: UserRequest, draft: Draft) -> tuple[list[Change], dict[str, str]]:
    """Read the changed links, and the messages about unreadable ones by row."""
    order = [duty.key for duty in draft.document.duties]
    changes, refusals = [], {}
    for row in draft.document.indicators:
        posted, seen = request.POST.get(f"duties-{row.key}"), request.POST.get(f"seen-duties-{row.key}")
        if posted is not None and posted != seen:
            keys = _keys(posted, order)
            if keys is None:
                refusals[row.key] = f"请填 1 到 {len(order)} 之间的职责序号，用顿号隔开；不对应任何职责的填 0。"
            else:
                changes.append(_change(draft, row.key, "duties", keys))
        line = request.POST.get(f"money-{row.key}")
        if line is not None and line != request.POST.get(f"seen-money-{row.key}"):
            changes.append(_change(draft, row.key, "money", line))
    return changes, refusals


def _keys(text: str, order: list[str]) -> str | None:
    """Parse duty numbers to the stored form, keys separated by spaces. None if one is not a duty's number."""
    plain = symbols(text)
    if plain in ("", "0"):
        return NOTHING if plain else ""
    if not _NUMBERS.fullmatch(plain):
        return None
    numbers = list(dict.fromkeys(int(number) for number in re.findall(r"\d+", plain)))
    if not all(1 <= number <= len(order) for number in numbers):
        return None
    return " ".join(order[number - 1] for number in numbers)


def _change(draft: Draft, row: str, column: str, after: str) -> Change:
    place = link(row, column)
    return Change(str(place), draft.stored.text(place) or "", after)
