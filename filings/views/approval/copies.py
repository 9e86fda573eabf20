"""Download any copy that was issued for a filing, also one that is superseded or revoked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from filings.formats import download_formats
from filings.formats.file import File, safe_name
from filings.lifecycle import issuing
from filings.lifecycle.stored_files import FileDamaged
from filings.models import IssuedCopy
from filings.views.access import UserRequest, filing_or_404
from filings.views.filing.downloads import attached


@login_required
def issued_copy(request: UserRequest, filing_id: int, code: str) -> HttpResponse:
    """Download the stored file under a name with its state: 定稿, 已撤回 or 已被取代."""
    filing = filing_or_404(request.user, filing_id)
    copy = get_object_or_404(filing.issued_copies, code=code)
    try:
        content = issuing.read(copy)
    except FileDamaged:
        messages.error(request, "批复定稿的文件缺失或被改动过，没有下载。请联系管理员从备份恢复。")
        return redirect("read", filing.pk)
    department = filing.department
    stem = f"{department.code}-{department.name}{filing.cycle.year}年度部门整体支出绩效目标表{_state(copy)}"
    return attached(File(safe_name(stem, "pdf"), download_formats.CONTENT_TYPES["pdf"], content))


def _state(copy: IssuedCopy) -> str:
    if copy.revoked_at:
        return f"（批复已撤回，{copy.code}）"
    return "（定稿）" if copy.live else f"（已被取代，{copy.code}）"
