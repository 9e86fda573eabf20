"""导入: merge a file or a pasted table into a draft.

The preview stores nothing; adopting a table is one save with a restore point.
"""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from filings import drafts, permissions
from filings.document import canonical_json
from filings.drafts import last_year
from filings.errors import StepRefused
from filings.formats.file import CannotRead
from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD
from filings.formats.uploads import Upload, open_file, open_html, open_text
from filings.formats.workbook_form import read as workbook_reader
from filings.forms.importing import AdoptTableForm, SourceForm
from filings.importing.candidates import find_candidates
from filings.importing.merge_plan import merge_document
from filings.models import Filing
from filings.table.reading.read_table import NotATable
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing
from filings.views.imports.preview import preview_table
from filings.views.imports.workbook import preview_workbook

MOST_SHOWN = 5


@never_cache
@login_required
def source(request: UserRequest, filing_id: int) -> HttpResponse:
    """Page to upload a file or paste a table."""
    filing = own_filing(request, filing_id)
    fillable = permissions.may_fill(request.user, filing)
    if not fillable:
        messages.info(request, fillable.reason)
        return redirect("read", filing.pk)
    return _source_page(request, filing, SourceForm())


@require_POST
@login_required
def preview(request: UserRequest, filing_id: int) -> HttpResponse:
    """Show the tables of a file as they were read, or the differences of a workbook form. Nothing is stored."""
    filing = own_filing(request, filing_id)
    form = SourceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _source_page(request, filing, form, status=HTTPStatus.BAD_REQUEST)
    data = _data(form)
    try:
        opened = _open_pasted(form) if data is None else open_file(_name(form), data)
        if data is not None and (back := workbook_reader.read_grids(opened.grids)):
            return preview_workbook(request, filing, back, data, _name(form))
        draft = drafts.load(filing)
        result = find_candidates(opened, draft.edition, department=filing.department.name)
    except (CannotRead, NotATable, StepRefused) as refusal:
        form.add_error("file" if form.upload else "text", str(refusal))
        return _source_page(request, filing, form, status=HTTPStatus.BAD_REQUEST)
    previews = [preview_table(filing, draft, candidate) for candidate in result.tables[:MOST_SHOWN]]
    context = {
        "filing": filing,
        "file_name": _name(form),
        "remarks": opened.remarks,
        "previews": previews,
        "count": len(result.tables),
        "has_own": any(preview.is_own for preview in previews),
        "others": result.others,
    }
    return render(request, "filings/imports/preview.html", context)


@require_POST
@login_required
def adopt(request: UserRequest, filing_id: int) -> HttpResponse:
    """Merge the previewed document into the current draft."""
    filing = own_filing(request, filing_id)
    form = AdoptTableForm(request.POST)
    try:
        if not form.is_valid():
            raise StepRefused("预览的内容不完整，未导入。请重新选择文件。")
        document = canonical_json.loads(form.cleaned_data["document"])
        taken, source = form.cleaned_data["taken"], form.cleaned_data["source"]
        count = merge_document(filing, document, taken, by=request.user, source=source)
    except canonical_json.NotCanonical:
        messages.error(request, "预览的内容不完整，未导入。请重新选择文件。")
        return redirect("fill_import", filing.pk)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("fill_import", filing.pk)
    if count:
        messages.success(request, f"已导入 {count} 个栏目。导入前的内容已保存，可以随时恢复。")
    else:
        messages.info(request, "没有需要改动的内容，未导入。")
    return redirect("fill", filing.pk)


def _open_pasted(form: SourceForm) -> Upload:
    page = form.pasted_page
    return open_html(page) if page else open_text(form.cleaned_data["text"])


def _name(form: SourceForm) -> str:
    return (form.upload.name or "") if form.upload else ""


def _data(form: SourceForm) -> bytes | None:
    """Read the file's bytes, at most one more than the limit, which is enough to refuse it."""
    return form.upload.read(LARGEST_UPLOAD + 1) if form.upload else None


def _source_page(request: UserRequest, filing: Filing, form: SourceForm, *, status: int = 200) -> HttpResponse:
    context = {"filing": filing, "form": form, "has_last_year": last_year.is_available(filing)}
    return render(request, "filings/imports/source.html", context, status=status)
