"""核对全表: everything that would be asked at submission, asked now, of sections not begun too. Hands nothing on."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from filings.errors import StepRefused
from filings.forms.draft import DraftForms
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
def check(request: UserRequest, filing_id: int) -> HttpResponse:
    """What was typed is saved first."""
    filing = own_filing(request, filing_id)
    forms = DraftForms.posted(filing.cycle.edition.definition(), request.POST)
    try:
        saved = save_posted(request, filing, forms)
    except StepRefused as refusal:
        return unsaved_page(request, filing, forms, refusal)
    return fill_page(request, filing, saved=saved, asks_more=True, status=200 if saved.is_whole else REFUSED)
