"""Quick fixes without scripts: the posted form is saved, then the fix is saved as another edit."""

from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from filings import drafts
from filings.drafts import Change, Draft
from filings.drafts.assessment import assess_draft
from filings.errors import StepRefused
from filings.forms.draft import DraftForms
from filings.models import Filing
from filings.rules.finding import QuickFix
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing
from filings.views.editor.page import fill_page
from filings.views.editor.saving.form_posts import redirect_to_page, save_posted, unsaved_page


@require_POST
@login_required
def quick_fix(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    forms = DraftForms.posted(filing.cycle.edition.definition(), request.POST)
    try:
        saved = save_posted(request, filing, forms)
        if not saved.is_whole:
            return fill_page(request, filing, saved=saved, status=HTTPStatus.CONFLICT)
        draft = drafts.load(filing)
        fix = _fix_of(filing, draft, request.POST.get("mend", ""))
        if fix is None:
            messages.info(request, "这一处已经改过了。")
        else:
            drafts.save(filing, _changes(fix, draft), by=request.user, client_id=uuid4().hex)
            messages.success(request, f"已改 {len(fix.changes)} 处。" if len(fix.changes) > 1 else "已改。")
    except StepRefused as refusal:
        return unsaved_page(request, filing, forms, refusal)
    return redirect_to_page(request, filing)


def _fix_of(filing: Filing, draft: Draft, identity: str) -> QuickFix | None:
    """The quick fix of a finding, None if the finding is gone."""
    findings = assess_draft(filing, draft).findings
    return next((finding.quick_fix for finding in findings if finding.identity == identity), None)


def _changes(fix: QuickFix, draft: Draft) -> list[Change]:
    return [Change(str(place), draft.stored.text(place) or "", text) for place, text in fix.changes]
