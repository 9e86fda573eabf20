"""Steps with rows of the table: each first saves what was typed, then takes the step, then goes back to the row."""

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from filings import drafts
from filings.document.content import DutyRow, FilingDocument, IndicatorRow, TaskRow
from filings.document.place import Place, duty
from filings.errors import StepRefused
from filings.forms.draft import DraftForms, identity
from filings.models import Filing
from filings.views.access import UserRequest
from filings.views.editor.expired_login import login_required_for_typing
from filings.views.editor.form_posts import (
    REFUSED,
    own_filing,
    save_posted,
    seen_number,
    unsaved_page,
)
from filings.views.editor.page import fill_page
from filings.views.table.annotated import anchor

# Takes the step under a client's id, and answers the row to go on at.
Step = Callable[[Filing, Place, str], Place]


@require_POST
@login_required_for_typing
def add(request: UserRequest, filing_id: int) -> HttpResponse:
    def step(filing: Filing, at: Place, client_id: str) -> Place:
        return drafts.add(filing, at, by=request.user, client_id=client_id)

    return _step(request, filing_id, "add", step)


@require_POST
@login_required_for_typing
def remove(request: UserRequest, filing_id: int) -> HttpResponse:
    def step(filing: Filing, at: Place, client_id: str) -> Place:
        neighbour = _neighbour(drafts.raw(filing), at)
        since = seen_number(request, "since")
        drafts.remove(filing, at, by=request.user, client_id=client_id, since=since)
        return neighbour

    return _step(request, filing_id, "remove", step)


@require_POST
@login_required_for_typing
def move_up(request: UserRequest, filing_id: int) -> HttpResponse:
    return _move(request, filing_id, -1)


@require_POST
@login_required_for_typing
def move_down(request: UserRequest, filing_id: int) -> HttpResponse:
    return _move(request, filing_id, 1)


@require_POST
@login_required_for_typing
def split(request: UserRequest, filing_id: int) -> HttpResponse:
    def step(filing: Filing, at: Place, client_id: str) -> Place:
        drafts.split(filing, at, by=request.user, client_id=client_id)
        return at

    return _step(request, filing_id, "split", step)


def _move(request: UserRequest, filing_id: int, by: int) -> HttpResponse:
    def step(filing: Filing, at: Place, client_id: str) -> Place:
        drafts.move(filing, at, by, by=request.user, client_id=client_id)
        return at

    return _step(request, filing_id, f"move {by}", step)


def _step(request: UserRequest, filing_id: int, name: str, step: Step) -> HttpResponse:
    filing = own_filing(request, filing_id)
    forms = DraftForms.posted(filing.cycle.edition.definition(), request.POST)
    try:
        saved = save_posted(request, filing, forms)
    except StepRefused as refusal:
        return unsaved_page(request, filing, forms, refusal)
    try:
        row = request.POST.get("row", "")
        client_id = identity(request.POST.get("client_id", ""), name, row) or ""
        at = step(filing, _row(row), client_id)
    except StepRefused as refusal:
        return fill_page(request, filing, saved=saved, refusal=refusal.reason, status=REFUSED)
    if not saved.is_whole:
        return fill_page(request, filing, saved=saved, status=REFUSED)
    return HttpResponseRedirect(f"{reverse('fill', args=(filing.pk,))}#{_anchor(at)}")


def _row(text: str) -> Place:
    """A row, a class or a section with rows. Raises StepRefused."""
    try:
        at = Place.parse(text)
    except ValueError:
        at = Place("")
    if at.section not in ("duties", "tasks", "indicators", "nodes") or at.column:
        raise StepRefused("表中没有这一行，请刷新页面。")
    return at


def _anchor(row: Place) -> str:
    """The id of a row's first field; of its section where there is no row."""
    if not row.key:
        return f"{anchor(row)}-notes"
    return anchor(duty(row.key) if row.section == "duties" else Place(row.section, row.key, "name"))


def _neighbour(raw: FilingDocument, at: Place) -> Place:
    """The row above, or the one below the first, or the section when it is the only one."""
    rows: Mapping[str, Sequence[DutyRow | TaskRow | IndicatorRow]]
    rows = {"duties": raw.duties, "tasks": raw.tasks, "indicators": raw.indicators}
    keys = [row.key for row in rows.get(at.section, ())]
    if at.key not in keys or len(keys) == 1:
        return Place(at.section)
    number = keys.index(at.key)
    return Place(at.section, keys[number - 1] if number else keys[1])
