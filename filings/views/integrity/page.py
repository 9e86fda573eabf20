"""完整性检查: what the last checks have found. A manager can start one at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import permissions
from filings.background.nightly import is_going_on, start_check
from filings.integrity import check
from filings.integrity.broken import counted
from filings.models import IntegrityCheck
from filings.views.access import UserRequest, demand

MOST_LISTED = 30


@login_required
def integrity(request: UserRequest) -> HttpResponse:
    """Show the last finished check and list the earlier ones."""
    demand(permissions.may_manage(request.user))
    latest = check.latest()
    newest, is_running = IntegrityCheck.objects.defer("broken").first(), is_going_on()
    context = {
        "latest": latest,
        "is_interrupted": newest is not None and newest.finished_at is None and not is_running,
        "is_running": is_running,
        "counted": counted(latest.counts) if latest else "",
        "broken": check.broken_of(latest) if latest else [],
        "checks": IntegrityCheck.objects.defer("broken")[:MOST_LISTED],
    }
    return render(request, "filings/integrity/page.html", context)


@require_POST
@login_required
def integrity_now(request: UserRequest) -> HttpResponse:
    """Queue a check."""
    demand(permissions.may_manage(request.user))
    started = "已开始检查，完成后在本页显示结果。" if start_check() else "正在检查，请稍后刷新本页。"
    messages.success(request, started)
    return redirect("integrity")
