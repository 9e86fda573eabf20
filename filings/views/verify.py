"""核验: verify the code of a printed copy, without login."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from filings import verification_code
from filings.models import IssuedCopy


def verify_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; a typed one leads to its page."""
    typed = request.GET.get("code", "").strip()
    code = verification_code.plain(typed)
    if len(code) in (verification_code.LENGTH, verification_code.EARLIER_LENGTH):
        return redirect("verify", verification_code.formatted(code))
    context = {
        "typed": typed[:100],
        "length": verification_code.LENGTH,
        "given": len(code),
        "is_refused": "code" in request.GET,
    }
    status = HTTPStatus.BAD_REQUEST if context["is_refused"] else HTTPStatus.OK
    return render(request, "filings/verify_code.html", context, status=status)


def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Show whether the copy is in force and what the file contains; 404 for an unknown code."""
    copies = IssuedCopy.objects.filter(code=verification_code.plain(code))
    copy = copies.select_related("filing__department", "filing__cycle", "revision").first()
    newer = IssuedCopy.objects.filter(supersedes=copy).first() if copy else None
    context = {"code": code, "copy": copy, "newer": newer}
    return render(request, "filings/verify.html", context, status=HTTPStatus.OK if copy else HTTPStatus.NOT_FOUND)
