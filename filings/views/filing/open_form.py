"""开放全表: open the rows that a return has left closed, from the page of the filing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from filings.errors import AlreadyDone, StepRefused
from filings.lifecycle import open_form as lifecycle
from filings.views.access import UserRequest, demand, filing_or_404


@require_POST
@login_required
def open_form(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    demand(lifecycle.may_open(request.user, filing))
    try:
        lifecycle.open_form(filing, by=request.user)
    except AlreadyDone as done:
        messages.info(request, done.reason)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, "已开放全表，填报单位会收到消息。")
    return redirect("read", filing.pk)
