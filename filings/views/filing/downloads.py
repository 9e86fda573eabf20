"""Files of a filing: a draft marked 草稿, a clean 送审稿 from signing on, the stored copy once it is approved."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header

from filings.formats import download_formats
from filings.formats.file import CannotPrint, File, safe_name
from filings.formats.pdf.write import NO_OVERLAY, PageOverlay
from filings.labels import Label
from filings.lifecycle import issuing
from filings.views.access import PersonRequest, filing_or_404
from filings.views.visible_version import Shown, shown_to

KINDS: Mapping[str, Label] = {
    "pdf": "PDF",
    "xlsx": "Excel",
    "docx": "Word",
    "html": "网页",
    "txt": "文本",
    "json": "数据（JSON）",
    "csv": "指标清单（CSV）",
}
HASH_SHOWN = 12


@login_required
def download(request: PersonRequest, filing_id: int, kind: str) -> HttpResponse:
    """What this person is shown of the filing, as a file."""
    if kind not in KINDS:
        raise Http404
    filing = filing_or_404(request.user, filing_id)
    try:
        file = file_of(shown_to(request.user, filing), kind, now=timezone.now())
    except CannotPrint as error:
        messages.error(request, str(error))
        return redirect("read", filing.pk)
    except issuing.FileDamaged:
        messages.error(request, "批复定稿的文件缺失或被改动过，没有下载。请联系管理员从备份恢复。")
        return redirect("read", filing.pk)
    return attached(file)


def attached(file: File) -> HttpResponse:
    """A file to be kept, under its own name."""
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    headers = {"Content-Disposition": str(disposition), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


def file_of(shown: Shown, kind: str, *, now: datetime) -> File:
    """The file; an issued PDF is never printed again. Raises CannotPrint."""
    issued = shown.issued_copy if kind == "pdf" else None
    if issued:
        return File(safe_name(stem_of(shown), kind), download_formats.CONTENT_TYPES[kind], issuing.read(issued))
    made_at = shown.revision.submitted_at if shown.revision else now
    stem, overlay = stem_of(shown), overlay_of(shown)
    code = shown.filing.department.code
    return download_formats.write(
        kind, shown.document, shown.edition, stem=stem, made_at=made_at, overlay=overlay, department_code=code
    )


def stem_of(shown: Shown) -> str:
    """部门编码-部门名称+年度+部门整体支出绩效目标表, and before approval what the file is."""
    department = shown.filing.department
    stem = f"{department.code}-{department.name}{shown.filing.cycle.year}年度部门整体支出绩效目标表"
    if shown.issued_copy:
        return stem
    return f"{stem}（送审稿第{shown.revision.number}版）" if shown.revision else f"{stem}（草稿）"


def overlay_of(shown: Shown) -> PageOverlay:
    """What paper carries before approval: 草稿 across the page, or which submitted version it is."""
    if shown.revision is None:
        return PageOverlay(is_draft=True)
    if shown.issued_copy:
        return NO_OVERLAY
    return PageOverlay(footer=f"送审稿 第{shown.revision.number}版 校验值 {shown.revision.sha256[:HASH_SHOWN]}")
