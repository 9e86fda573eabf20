"""The workbook form: download it, preview a returned one, and apply the chosen differences.

Cells that cannot be taken are offered in a copy of the workbook, each with the reason as a comment.
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
from filings.drafts.stored_draft import is_row
from filings.errors import StepRefused
from filings.formats.download_formats import CONTENT_TYPES
from filings.formats.file import CannotPrint, CannotRead, File, safe_name
from filings.formats.workbook_form import comments
from filings.formats.workbook_form import write as workbook_form
from filings.formats.workbook_form.comments import CellComment
from filings.formats.workbook_form.read import FilledWorkbook
from filings.forms.importing import DecisionsForm
from filings.importing.returned_workbook import (
    CellDifference,
    WorkbookComparison,
    apply_differences,
    check_identity,
    compare_workbook,
    identity_of,
    with_findings,
)
from filings.library import entries
from filings.models import Filing
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing
from filings.views.filing.downloads import attached
from filings.views.imports.text_diff import trim_common_start
from filings.views.table.labels import cell_labels

# Base64 makes a workbook a third longer, and browsers limit the length of data URLs.
LARGEST_MARKED = 1_500_000


@dataclass(frozen=True)
class DifferenceLine:
    """A difference as the page shows it: its place, the draft's text and the workbook's."""

    place: str
    label: str
    now: str
    then: str
    difference: CellDifference


def preview_workbook(
    request: UserRequest, filing: Filing, back: FilledWorkbook, data: bytes, file_name: str
) -> HttpResponse:
    """Show how a returned workbook differs from the draft. Raises StepRefused for another filing's workbook."""
    check_identity(filing, back)
    # Read before the draft, so that a save in between counts as later than the comparison.
    newest = filing.edits.order_by("-id").values_list("pk", flat=True).first()
    draft = drafts.load(filing)
    comparison = compare_workbook(filing, draft, back)
    labels = cell_labels(draft)
    changes = {str(item.place): _data(item) for item in comparison.differences}
    context = {
        "filing": filing,
        "lines": [_line(item, draft, labels) for item in comparison.differences],
        "differences": json.dumps(changes, ensure_ascii=False),
        "since": newest or 0,
        "file_name": file_name,
        "reasons": [(_address(reason), reason.sentence) for reason in comparison.reasons],
        "marked": _marked(data, comparison),
        "marked_name": _file_name(filing, "-未导入标注"),
        "is_older": back.identity.edition_sha256 != draft.edition.sha256,
    }
    return render(request, "filings/imports/workbook.html", context)


@login_required
def download_workbook(request: UserRequest, filing_id: int) -> HttpResponse:
    """Download the workbook form with the content of the draft."""
    return _download(request, filing_id, "", lambda filing, draft, content: content)


@login_required
def download_checked_workbook(request: UserRequest, filing_id: int) -> HttpResponse:
    """Download the workbook form with the draft's findings as cell comments."""
    return _download(request, filing_id, "-核对标注", with_findings)


def _download(
    request: UserRequest, filing_id: int, suffix: str, finish: Callable[[Filing, Draft, bytes], bytes]
) -> HttpResponse:
    filing = own_filing(request, filing_id)
    fillable = permissions.may_fill(request.user, filing)
    if not fillable:
        messages.info(request, fillable.reason)
        return redirect("read", filing.pk)
    draft = drafts.load(filing)
    identity = identity_of(filing, draft.edition)
    try:
        names = entries.names_by_class(draft.edition)
        content = workbook_form.write(draft.document, draft.edition, identity, made_at=timezone.now(), names=names)
    except CannotPrint as error:
        messages.error(request, str(error))
        return redirect("fill_import", filing.pk)
    return attached(File(_file_name(filing, suffix), CONTENT_TYPES["xlsx"], finish(filing, draft, content)))


def _file_name(filing: Filing, suffix: str) -> str:
    """Name a workbook form; `suffix` distinguishes one with comments from the plain one."""
    stem = f"{filing.department.code}-{filing.department.name}{filing.cycle.year}年度部门整体支出绩效目标填报表"
    return safe_name(stem, "xlsx", suffix=suffix)


@require_POST
@login_required
def adopt_workbook(request: UserRequest, filing_id: int) -> HttpResponse:
    """Apply the chosen differences."""
    filing = own_filing(request, filing_id)
    decisions = DecisionsForm(request.POST)
    try:
        if not decisions.is_valid():
            raise StepRefused("预览的内容不完整，未导入。请重新选择文件。")
        chosen = decisions.chosen()
        changes = [change for changes in chosen for change in changes]
        since, source = decisions.cleaned_data["since"], decisions.cleaned_data["source"]
        apply_differences(filing, changes, since=since, by=request.user, source=source)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("fill_import", filing.pk)
    if changes:
        messages.success(request, f"已导入 {len(chosen)} 处改动。导入前的内容已保存，可以随时恢复。")
    else:
        messages.info(request, "没有勾选任何改动，未导入。")
    return redirect("fill", filing.pk)


def _line(item: CellDifference, draft: Draft, labels: Mapping[Place, str]) -> DifferenceLine:
    place, change = item.place, item.changes[0]
    if not is_row(place):
        now, then = trim_common_start(change.before, change.after)
        return DifferenceLine(str(place), labels.get(place, ""), now, then, item)
    if item.is_removal:
        texts = draft.stored.rows[place.section][place.key].texts
        label = f"{_section_label(place, texts, draft.edition)}，删去的一行"
        return DifferenceLine(str(place), label, _row_text(texts), "", item)
    cells = (change for change in item.changes if change.place.startswith(f"{place}."))
    added = {cell.place.partition("].")[2]: cell.after for cell in cells}
    label = f"{_section_label(place, added, draft.edition)}，新加的一行"
    return DifferenceLine(str(place), label, "", _row_text(added), item)


def _section_label(place: Place, texts: Mapping[str, str], edition: Edition) -> str:
    """Label of a row's section; for an indicator that of its class."""
    levels = edition.levels(texts.get("node", ""))
    if levels:
        return bare(levels[1].label)
    return next((bare(section.label) for section in edition.sections if section.kind == place.section), "")


def _row_text(texts: Mapping[str, str]) -> str:
    """Join the texts of a row, except its class."""
    return " ".join(text for column, text in texts.items() if text and column not in ("node", ""))


def _address(reason: CellComment) -> str:
    """Address of the cell in Excel, such as B7."""
    return f"{get_column_letter(reason.position.column)}{reason.position.row}"


def _data(item: CellDifference) -> list[list[str]]:
    return [[change.place, change.before, change.after] for change in item.changes]


def _marked(data: bytes, comparison: WorkbookComparison) -> str:
    """Data URL of the workbook with the reasons as comments; '' if there are none or it is too large."""
    if not comparison.reasons:
        return ""
    try:
        marked = comments.annotate(data, comparison.reasons)
    except CannotRead:
        return ""
    if len(marked) > LARGEST_MARKED:
        return ""
    return f"data:{CONTENT_TYPES['xlsx']};base64,{b64encode(marked).decode()}"
