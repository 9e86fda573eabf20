"""盖章样张: the first and the last page of the copy as it would be issued, before the last approval is confirmed."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from filings import permissions
from filings.formats.file import CannotPrint
from filings.formats.pdf import page_images
from filings.lifecycle import issuing, transitions
from filings.views.access import UserRequest, demand, filing_or_404


@never_cache
@require_GET
@login_required
def sealed_preview(request: UserRequest, filing_id: int) -> HttpResponse:
    """Answer with a PNG image, or with the reason as text if the copy cannot be printed."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may_decide(request.user, filing))
    if not transitions.is_last_stage(filing):
        raise Http404("后面还有审核环节，尚不盖章。")
    try:
        picture = page_images.render_ends(issuing.print_preview(filing.present_revision()))
    except CannotPrint as error:
        plain = "text/plain; charset=utf-8"
        return HttpResponse(f"样张未能生成。{error}", content_type=plain, status=HTTPStatus.CONFLICT)
    return HttpResponse(picture, content_type="image/png")
