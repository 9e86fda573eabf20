"""填报: the official table itself with fields in its cells, what is found in it, and how far it has come."""

from collections.abc import Iterable
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from filings import drafts, permissions
from filings.choices import Action, Severity, Status
from filings.document.place import Place
from filings.drafts import Saved
from filings.forms.remark_answers import answers_to
from filings.labels import SEVERITY
from filings.lifecycle import events
from filings.models import Filing
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.editor.script_data import form_data, words
from filings.views.editor.sheet import EditorSheet, Item
from filings.views.visible_version import latest_remarks, reviews_of


@never_cache
@login_required
def fill(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.SUBMIT, filing))
    if not filing.is_editable:
        messages.info(request, permissions.may_fill(request.user, filing).reason)
        return redirect("read", filing.pk)
    return fill_page(request, filing)


def fill_page(
    request: UserRequest,
    filing: Filing,
    *,
    saved: Saved | None = None,
    stopped: Iterable[str] | None = None,
    asks_more: bool = False,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page. `stopped` are the sentences of a submission that did not go through, beside the errors found; then, or
    when it `asks_more`, sections that nobody has begun are asked for too."""
    # Before the table: a save in between comes as news, instead of counting as seen.
    last_edit = filing.edits.select_related("by").order_by("-id").first()
    reviews = reviews_of(filing) if filing.status == Status.RETURNED else []
    draft, remarks = drafts.load(filing), latest_remarks(reviews)
    sheet = EditorSheet(filing, draft, saved or Saved(), remarks, asks_more=asks_more or stopped is not None)
    answers = answers_to(sheet.remarks)
    hrefs = [sheet.href(Place.parse(remark.place)) for remark in sheet.remarks]
    context = {
        "filing": filing,
        "sheet": sheet,
        "table": sheet.table(),
        "templates": sheet.templates(),
        "words": words(),
        "form_data": form_data(sheet.draft.edition),
        "forms": sheet.forms,
        "client_id": uuid4().hex,
        "last_edit": last_edit,
        "now": timezone.now(),
        "due": filing.cycle.deadline_for(filing.department),
        "reviews": reviews,
        "answers": answers,
        "remarks": list(zip(sheet.remarks, answers.forms, hrefs, strict=True)),
        "sent_back": _sent_back(filing),
        "unsaved": sheet.unsaved(),
        "stopped": None if stopped is None else _stopping(sheet, stopped),
        "refusal": refusal,
        **sheet.found(),
        **sheet.sums(),
    }
    return render(request, "filings/editor/page.html", context, status=status)


def _stopping(sheet: EditorSheet, sentences: Iterable[str]) -> list[Item]:
    """Everything that stops a submission, each once."""
    found = sheet.items(item for item in sheet.assessing.items if item.stops)
    said = {item.text for item in found}
    label = str(SEVERITY[Severity.ERROR])
    return [*found, *(Item("error", label, text, "#section-1") for text in sentences if text not in said)]


def _sent_back(filing: Filing) -> dict[str, str] | None:
    """Who of the own department sent the table back last, and why, unless something else has happened since."""
    last = filing.events.order_by("-number").first()
    if last is None or last.action != Action.SEND_BACK:
        return None
    return {"by": last.by_name, "reason": events.detail(last).get("reason", "")}
