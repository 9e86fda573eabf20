"""One click on a certain mend, without scripts: what was typed is saved first, then the mend is one more save."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from filings import drafts
from filings.drafts import Change, Draft
from filings.drafts.assessment import of_draft
from filings.errors import StepRefused
from filings.forms.draft import DraftForms
from filings.models import Filing
from filings.rules.finding import QuickFix
from filings.views.access import UserRequest
from filings.views.editor.expired_login import login_required_for_typing
from filings.views.editor.form_posts import (
    REFUSED,
    own_filing,
    save_posted,
    unsaved_page,
)
from filings.views.editor.page import fill_page


@require_POST
@login_required_for_typing
def mend(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    forms = DraftForms.posted(filing.cycle.edition.definition(), request.POST)
    try:
        saved = save_posted(request, filing, forms)
        if not saved.is_whole:
            return fill_page(request, filing, saved=saved, status=REFUSED)
        draft = drafts.load(filing)
        found = _mend_of(filing, draft, request.POST.get("mend", ""))
        if found is None:
            messages.info(request, "这一处已经改过了。")
        else:
            drafts.save(filing, _changes(found, draft), by=request.user, client_id=uuid4().hex)
            messages.success(request, "已改。")
    except StepRefused as refusal:
        return unsaved_page(request, filing, forms, refusal)
    return redirect("fill", filing.pk)


def _mend_of(filing: Filing, draft: Draft, identity: str) -> QuickFix | None:
    findings = of_draft(filing, draft).findings
    return next((finding.quick_fix for finding in findings if finding.identity == identity), None)


def _changes(found: QuickFix, draft: Draft) -> list[Change]:
    return [Change(str(place), draft.stored.text(place) or "", text) for place, text in found.changes]
