"""A form filled in with Excel comes back: its differences from the draft are looked at, taken one by one or all.

Cells that cannot be taken come back in the same workbook, each with the reason as a comment.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from openpyxl.utils import get_column_letter

from filings import drafts, permissions
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.text import bare
from filings.drafts import Draft
from filings.drafts.stored import is_row
from filings.errors import StepRefused
from filings.formats.file import CannotPrint, CannotRead, File, safe_name
from filings.formats.kinds import CONTENT_TYPES
from filings.formats.workbook_form import comments
from filings.formats.workbook_form import write as workbook_form
from filings.formats.workbook_form.read import Back
from filings.forms.importing import DecisionsForm
from filings.importing import returned_workbook
from filings.importing.returned_workbook import CellDifference, Returned
from filings.library import entries
from filings.models import Filing
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing
from filings.views.filing.downloads import attached
from filings.views.imports.text_diff import from_where_they_part
from filings.views.table.labels import cell_labels

# Browsers take no longer addresses, and a workbook in one takes a third more.
LARGEST_MARKED = 1_500_000


@dataclass(frozen=True)
class DifferenceLine:
    """A difference on the page: where, what stands there now, what the form has."""

    place: str
    label: str
    now: str
    then: str
    difference: CellDifference


def form_preview(request: UserRequest, filing: Filing, back: Back, data: bytes) -> HttpResponse:
    """What a form that came back has another way. Nothing is stored. Raises StepRefused for another filing's."""
    returned_workbook.check_identity(filing, back)
    # Before the draft: a save in between is found as one that came later, instead of counting as seen.
    newest = filing.edits.order_by("-id").values_list("pk", flat=True).first()
    draft = drafts.load(filing)
    found = returned_workbook.compare(filing, draft, back)
    labels = cell_labels(draft)
    context = {
        "filing": filing,
        "lines": [_line(item, draft, labels) for item in found.differences],
        "differences": json.dumps({str(item.place): _data(item) for item in found.differences}, ensure_ascii=False),
        "since": newest or 0,
        "reasons": [
            (f"{get_column_letter(reason.spot.column)}{reason.spot.row}", reason.sentence) for reason in found.reasons
        ],
        "marked": _marked(data, found),
        "is_older": back.identity.edition_sha256 != draft.edition.sha256,
    }
    return render(request, "filings/imports/workbook.html", context)


@login_required
def download_form(request: UserRequest, filing_id: int) -> HttpResponse:
    """The form to be filled in with Excel, with what the draft holds now."""
    return _form_of(request, filing_id, lambda filing, draft, content: content)


@login_required
def download_checked_form(request: UserRequest, filing_id: int) -> HttpResponse:
    """The same with what was found in the draft, as comments at the cells."""
    return _form_of(request, filing_id, returned_workbook.with_findings)


def _form_of(request: UserRequest, filing_id: int, finished: Callable[[Filing, Draft, bytes], bytes]) -> HttpResponse:
    filing = own_filing(request, filing_id)
    if not filing.is_editable:
        messages.info(request, permissions.may_fill(request.user, filing).reason)
        return redirect("read", filing.pk)
    draft = drafts.load(filing)
    identity = returned_workbook.identity_of(filing, draft.edition)
    try:
        names = entries.names(draft.edition)
        content = workbook_form.write(draft.document, draft.edition, identity, made_at=timezone.now(), names=names)
    except CannotPrint as error:
        messages.error(request, str(error))
        return redirect("fill_import", filing.pk)
    stem = f"{filing.department.code}-{filing.department.name}{filing.cycle.year}年度部门整体支出绩效目标填报表"
    file = File(safe_name(stem, "xlsx"), CONTENT_TYPES["xlsx"], finished(filing, draft, content))
    return attached(file)


@require_POST
@login_required
def adopt_form(request: UserRequest, filing_id: int) -> HttpResponse:
    """Take the differences that were decided on."""
    filing = own_filing(request, filing_id)
    decisions = DecisionsForm(request.POST)
    try:
        if not decisions.is_valid():
            raise StepRefused("预览的内容不完整，没有导入。请重新选择文件。")
        decided = decisions.decided()
        changes = [change for changes in decided for change in changes]
        returned_workbook.adopt(filing, changes, since=decisions.cleaned_data["since"], by=request.user)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("fill_import", filing.pk)
    if changes:
        said = "已导入 %(count)s 处改动。之前的内容留有恢复点，可以随时恢复。"
        messages.success(request, said % {"count": len(decided)})
    else:
        messages.info(request, "没有一处打了勾，什么也没有导入。")
    return redirect("fill", filing.pk)


def _line(item: CellDifference, draft: Draft, labels: Mapping[Place, str]) -> DifferenceLine:
    at, change = item.place, item.changes[0]
    if not is_row(at):
        return DifferenceLine(str(at), labels.get(at, ""), *from_where_they_part(change.before, change.after), item)
    if item.is_removal:
        texts = draft.stored.rows[at.section][at.key].texts
        label = f"{_section(at, texts, draft.edition)}，删去的一行"
        return DifferenceLine(str(at), label, _said(texts), "", item)
    added = {one.place.partition("].")[2]: one.after for one in item.changes if one.place.startswith(f"{at}.")}
    label = f"{_section(at, added, draft.edition)}，新加的一行"
    return DifferenceLine(str(at), label, "", _said(added), item)


def _section(at: Place, texts: Mapping[str, str], edition: Edition) -> str:
    """What the row's part of the table is called: for an indicator its class."""
    levels = edition.levels(texts.get("node", ""))
    if levels:
        return bare(levels[1].label)
    return next((bare(section.label) for section in edition.sections if section.kind == at.section), "")


def _said(texts: Mapping[str, str]) -> str:
    """What a row says, its class aside."""
    return " ".join(text for column, text in texts.items() if text and column not in ("node", ""))


def _data(item: CellDifference) -> list[list[str]]:
    return [[change.place, change.before, change.after] for change in item.changes]


def _marked(data: bytes, found: Returned) -> str:
    """The same workbook with the reasons in it, as an address that holds it whole; '' where there are none."""
    if not found.reasons:
        return ""
    try:
        marked = comments.mark(data, found.reasons)
    except CannotRead:
        return ""
    if len(marked) > LARGEST_MARKED:
        return ""
    return f"data:{CONTENT_TYPES['xlsx']};base64,{b64encode(marked).decode()}"
