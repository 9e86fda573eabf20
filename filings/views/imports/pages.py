"""导入: a file or a pasted table becomes part of a draft. What was read of it is looked at first; nothing is stored
before it is adopted, and then as one save that can be taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from filings import drafts, permissions
from filings.document import canonical
from filings.errors import StepRefused
from filings.formats.file import CannotRead
from filings.formats.opening import Opened, open_file, open_html, open_text
from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD
from filings.formats.workbook_form import read as workbook_reader
from filings.forms.importing import AdoptTableForm, SourceForm
from filings.importing import candidates, merge_plan
from filings.models import Filing
from filings.table.reading.read_table import NotATable
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing
from filings.views.imports.preview import offer_of
from filings.views.imports.workbook import form_preview

MOST_SHOWN = 5


@never_cache
@login_required
def source(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    if not filing.is_editable:
        messages.info(request, permissions.may_fill(request.user, filing).reason)
        return redirect("read", filing.pk)
    return _source_page(request, filing, SourceForm())


@require_POST
@login_required
def preview(request: UserRequest, filing_id: int) -> HttpResponse:
    """The file as it was understood. Nothing is stored."""
    filing = own_filing(request, filing_id)
    form = SourceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _source_page(request, filing, form, status=400)
    data = _data(form)
    try:
        opened = _pasted(form) if data is None else open_file(_name(form), data)
        if data is not None and (back := workbook_reader.of(opened.grids)):
            return form_preview(request, filing, back, data)
        draft = drafts.load(filing)
        found = candidates.of(opened, draft.edition, department=filing.department.name)
    except (CannotRead, NotATable, StepRefused) as refusal:
        form.add_error("file" if form.upload else "text", str(refusal))
        return _source_page(request, filing, form, status=400)
    offers = [offer_of(filing, draft, candidate) for candidate in found.tables[:MOST_SHOWN]]
    context = {
        "filing": filing,
        "file_name": _name(form),
        "remarks": opened.remarks,
        "offers": offers,
        "count": len(found.tables),
        "has_own": any(offer.is_own for offer in offers),
        "others": found.others,
    }
    return render(request, "filings/imports/preview.html", context)


@require_POST
@login_required
def adopt(request: UserRequest, filing_id: int) -> HttpResponse:
    """Take what was shown into the draft as it is now."""
    filing = own_filing(request, filing_id)
    form = AdoptTableForm(request.POST)
    try:
        if not form.is_valid():
            raise StepRefused("预览的内容不完整，没有导入。请重新选择文件。")
        document = canonical.loads(form.cleaned_data["document"])
        count = merge_plan.adopt(filing, document, form.cleaned_data["taken"], by=request.user)
    except canonical.NotCanonical:
        messages.error(request, "预览的内容不完整，没有导入。请重新选择文件。")
        return redirect("fill_import", filing.pk)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("fill_import", filing.pk)
    if count:
        messages.success(request, f"已导入 {count} 格。之前的内容留有恢复点，可以随时恢复。")
    else:
        messages.info(request, "没有要改的格子，什么也没有导入。")
    return redirect("fill", filing.pk)


def _pasted(form: SourceForm) -> Opened:
    page = form.pasted_page
    return open_html(page) if page else open_text(form.cleaned_data["text"])


def _name(form: SourceForm) -> str:
    return (form.upload.name or "") if form.upload else ""


def _data(form: SourceForm) -> bytes | None:
    """The file's bytes; of a larger one just so many that it is seen to be too large."""
    return form.upload.read(LARGEST_UPLOAD + 1) if form.upload else None


def _source_page(request: UserRequest, filing: Filing, form: SourceForm, *, status: int = 200) -> HttpResponse:
    return render(request, "filings/imports/source.html", {"filing": filing, "form": form}, status=status)
