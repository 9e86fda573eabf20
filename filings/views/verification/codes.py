"""核验: ask for the code of a printed copy, and show whether the copy is in force and what its file contains."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from filings import verification_code
from filings.choices import PublicationEnd
from filings.models import Publication
from filings.publication.public import live
from filings.table.marks import PRINTED_HASH_LENGTH
from filings.verification import chain, throttle
from filings.verification.chain import CopyStatus
from filings.verification.throttle import MOST_MISSES, WINDOW

MISS = "code"


@never_cache
@require_safe
def verify_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code or the file; a typed code leads to its page."""
    typed = request.GET.get("code", "").strip()
    code = verification_code.plain(typed)
    if len(code) in (verification_code.LENGTH, verification_code.EARLIER_LENGTH):
        return redirect("verify", verification_code.formatted(code))
    is_refused = "code" in request.GET
    shown = typed or request.GET.get("typed", "")
    context = {"typed": shown[:100], "length": verification_code.LENGTH, "given": len(code), "is_refused": is_refused}
    status = HTTPStatus.BAD_REQUEST if is_refused else HTTPStatus.OK
    return render(request, "filings/verification/ask.html", context, status=status)


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Show the status of a copy. An unknown code answers 404, too many of them 429 for any code."""
    if throttle.is_blocked(request, MISS, MOST_MISSES):
        return too_many(request, "查询不存在的核验码次数过多")
    status = chain.find(code)
    if status is None:
        return _unknown(request, verification_code.plain(code))
    return render(request, "filings/verification/copy.html", copy_context(status))


def copy_context(status: CopyStatus) -> dict[str, object]:
    """Return what a page shows of a copy."""
    published = (
        None if status.is_withheld else live().select_related("copy").filter(filing=status.copy.filing_id).first()
    )
    return {
        "status": status,
        "copy": status.copy,
        "changed_rows": status.changed_rows(),
        "shows_texts": published is not None and _are_public(status, published),
        # The holder of a paper can compare it with the published table of the same version.
        "published": published if published and published.copy_id == status.copy.pk else None,
    }


def _are_public(status: CopyStatus, published: Publication) -> bool:
    """Whether the public may read both versions: the one in force is published, the other was and was not withdrawn."""
    if status.current is None or published.copy.revision_id != status.current.revision_id:
        return False
    earlier = Publication.objects.filter(copy__revision=status.copy.revision_id)
    return earlier.exists() and not earlier.filter(end=PublicationEnd.WITHDRAWN).exists()


def too_many(request: HttpRequest, what: str) -> HttpResponse:
    context = {"what": what, "minutes": WINDOW // 60}
    answer = render(request, "filings/verification/too_many.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(WINDOW)
    return answer


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    """Tell a mistyped code, of which the wrong letter is named, from one that was never issued.

    Only the latter is a guess: the check letters of a guessed code must fit.
    """
    is_consistent = verification_code.is_consistent(code)
    if is_consistent:
        throttle.count(request, MISS, MOST_MISSES)
    context = {
        "code": code[:40],
        "is_consistent": is_consistent,
        "correction": verification_code.correction(code),
        "unknown_letters": verification_code.unknown_letters(code[:40]),
        "is_hash": len(code) == PRINTED_HASH_LENGTH and set(code) <= set("0123456789ABCDEF"),
        "has_length": len(code) in (verification_code.LENGTH, verification_code.EARLIER_LENGTH),
        "length": verification_code.LENGTH,
    }
    return render(request, "filings/verification/unknown.html", context, status=HTTPStatus.NOT_FOUND)
