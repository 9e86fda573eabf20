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
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings import drafts, permissions
from filings.drafts import Draft
from filings.drafts.stored import is_row
from filings.formats import form, form_marks
from filings.formats.file import CannotPrint, CannotRead, File, safe_name
from filings.formats.form_back import Back
from filings.formats.kinds import CONTENT_TYPES
from filings.forms.importing import DecisionsForm
from filings.importing import returned
from filings.importing.returned import Difference, Returned
from filings.models import Filing
from filings.refusals import StepRefused
from filings.views.access import PersonRequest
from filings.views.downloads import attached
from filings.views.fill_saving import own_filing
from filings.views.labelled import cell_labels


@dataclass(frozen=True)
class Line:
    """A difference on the page: where, what stands there now, what the form has."""

    place: str
    label: str
    now: str
    then: str
    difference: Difference


def form_preview(request: PersonRequest, filing: Filing, draft: Draft, back: Back, data: bytes) -> HttpResponse:
    """What a form that came back has another way. Nothing is stored. Raises StepRefused for another filing's."""
    returned.check_identity(filing, back)
    found = returned.compare(filing, draft, back)
    context = {
        "filing": filing,
        "lines": [_line(item, draft) for item in found.differences],
        "differences": json.dumps({str(item.place): _data(item) for item in found.differences}, ensure_ascii=False),
        "reasons": [(reason.spot, reason.sentence) for reason in found.reasons],
        "marked": _marked(data, found),
        "is_older": back.identity.edition_sha256 != draft.edition.sha256,
    }
    return render(request, "filings/import_form.html", context)


@login_required
def download_form(request: PersonRequest, filing_id: int) -> HttpResponse:
    """The form to be filled in with Excel, with what the draft holds now."""
    return _form_of(request, filing_id, lambda filing, draft, content: content)


@login_required
def download_checked_form(request: PersonRequest, filing_id: int) -> HttpResponse:
    """The same with what was found in the draft, as comments at the cells."""
    return _form_of(request, filing_id, returned.with_findings)


def _form_of(request: PersonRequest, filing_id: int, finished: Callable[[Filing, Draft, bytes], bytes]) -> HttpResponse:
    filing = own_filing(request, filing_id)
    if not filing.is_editable:
        messages.info(request, permissions.may_fill(request.user, filing).reason)
        return redirect("read", filing.pk)
    draft = drafts.load(filing)
    identity = returned.identity_of(filing, draft.edition)
    try:
        content = form.write(draft.document, draft.edition, identity, made_at=timezone.now())
    except CannotPrint as error:
        messages.error(request, str(error))
        return redirect("fill_import", filing.pk)
    stem = f"{filing.department.code}-{filing.department.name}{filing.cycle.year}年度部门整体支出绩效目标填报表"
    file = File(safe_name(stem, "xlsx"), CONTENT_TYPES["xlsx"], finished(filing, draft, content))
    return attached(file)


@require_POST
@login_required
def adopt_form(request: PersonRequest, filing_id: int) -> HttpResponse:
    """Take the differences that were decided on."""
    filing = own_filing(request, filing_id)
    decisions = DecisionsForm(request.POST)
    try:
        if not decisions.is_valid():
            raise StepRefused(_("预览的内容不完整，没有导入。请重新选择文件。"))
        count = returned.adopt(filing, decisions.changes(), by=request.user)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("fill_import", filing.pk)
    except ValueError:
        messages.error(request, _("预览的内容不完整，没有导入。请重新选择文件。"))
        return redirect("fill_import", filing.pk)
    messages.success(request, _("已导入 %(count)s 格。之前的内容留有恢复点，可以随时恢复。") % {"count": count})
    return redirect("fill", filing.pk)


def _line(item: Difference, draft: Draft) -> Line:
    change = item.changes[0]
    if not is_row(item.place):
        label = cell_labels(draft).get(item.place, "")
        return Line(str(item.place), label, change.before, change.after, item)
    if item.is_removal:
        row = draft.stored.rows[item.place.section].get(item.place.key)
        return Line(str(item.place), _("删去的行"), _said(row.texts if row else {}), "", item)
    added = {one.place.partition("].")[2]: one.after for one in item.changes}
    return Line(str(item.place), _("新加的行"), "", _said(added), item)


def _said(texts: Mapping[str, str]) -> str:
    """What a row says, its class aside."""
    return " ".join(text for column, text in texts.items() if text and column not in ("node", ""))


def _data(item: Difference) -> list[list[str]]:
    return [[change.place, change.before, change.after] for change in item.changes]


def _marked(data: bytes, found: Returned) -> str:
    """The same workbook with the reasons in it, as an address that holds it whole; '' where there are none."""
    if not found.reasons:
        return ""
    try:
        marked = form_marks.mark(data, found.reasons)
    except CannotRead:
        return ""
    return f"data:{CONTENT_TYPES['xlsx']};base64,{b64encode(marked).decode()}"
