"""Files of a filing: a draft with the mark 草稿, a clean 送审稿 after submission, the issued copy after approval."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header

from filings import verification_code
from filings.formats import download_formats
from filings.formats.file import CannotPrint, File, safe_name
from filings.formats.pdf.overlay import PageOverlay
from filings.lifecycle import issuing
from filings.lifecycle.stored_files import FileDamaged
from filings.models import Filing
from filings.table import marks
from filings.views.access import UserRequest, filing_or_404
from filings.views.visible_version import VisibleVersion, visible_version

KINDS: Mapping[str, str] = {
    "pdf": "PDF",
    "xlsx": "Excel",
    "docx": "Word",
    "html": "网页",
    "txt": "文本",
    "json": "数据（JSON）",
    "csv": "指标清单（CSV）",
}


@login_required
def download(request: UserRequest, filing_id: int, kind: str) -> HttpResponse:
    """Download the version that the user may see, or with `?version=` an earlier submitted one."""
    if kind not in KINDS:
        raise Http404
    filing = filing_or_404(request.user, filing_id)
    try:
        file = file_of(_requested_version(request, filing), kind, now=timezone.now())
    except CannotPrint as error:
        messages.error(request, str(error))
        return redirect("read", filing.pk)
    except FileDamaged:
        messages.error(request, "批复定稿的文件缺失或被改动过，没有下载。请联系管理员从备份恢复。")
        return redirect("read", filing.pk)
    return attached(file)


def _requested_version(request: UserRequest, filing: Filing) -> VisibleVersion:
    version = visible_version(request.user, filing)
    number = request.GET.get("version")
    if number is None or (version.revision and str(version.revision.number) == number):
        return version
    revision = next((each for each in version.revisions if str(each.number) == number), None)
    if revision is None:
        raise Http404("没有这一版。")
    return VisibleVersion(filing, revision, version.revisions)


def attached(file: File) -> HttpResponse:
    """Build the response that downloads a file under its name."""
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    headers = {"Content-Disposition": str(disposition), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


def file_of(version: VisibleVersion, kind: str, *, now: datetime) -> File:
    """Write the file. An issued PDF is read from storage, never printed again. Raises CannotPrint and FileDamaged."""
    issued = version.issued_copy if kind == "pdf" else None
    if issued:
        return File(safe_name(stem_of(version), kind), download_formats.CONTENT_TYPES[kind], issuing.read(issued))
    return download_formats.write(
        kind,
        version.document,
        version.edition,
        stem=stem_of(version),
        made_at=version.revision.submitted_at if version.revision else now,
        overlay=overlay_of(version),
        department_code=version.filing.department.code,
    )


def stem_of(version: VisibleVersion) -> str:
    """Return 部门编码-部门名称+年度+部门整体支出绩效目标表, with the state of the version: 草稿, 送审稿 or 定稿."""
    department = version.filing.department
    stem = f"{department.code}-{department.name}{version.filing.cycle.year}年度部门整体支出绩效目标表"
    if version.issued_copy:
        return f"{stem}（定稿）"
    return f"{stem}（送审稿第 {version.revision.number} 版）" if version.revision else f"{stem}（草稿）"


def overlay_of(version: VisibleVersion) -> PageOverlay:
    """Return the marks of a copy: 草稿 across each page, or at its foot version and hash or the verification code."""
    if version.issued_copy:
        return PageOverlay(footer=marks.unsealed_footer(verification_code.formatted(version.issued_copy.code)))
    if version.revision is None:
        return PageOverlay(is_draft=True)
    return PageOverlay(footer=marks.submitted_footer(version.revision.number, version.revision.sha256))
