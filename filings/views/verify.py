"""核验: verify the code of a printed copy, without login."""

import re
from http import HTTPStatus
from unicodedata import normalize

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from filings.lifecycle.issuing import CODE_LENGTH, format_code
from filings.models import IssuedCopy

# Codes are printed in groups of four with hyphens between them, and may be typed with spaces or in full width.
_SEPARATOR = re.compile(r"[^0-9A-Za-z]")


def verify_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; a typed one leads to its page."""
    typed = request.GET.get("code", "").strip()
    code = plain_code(typed)
    if len(code) == CODE_LENGTH:
        return redirect("verify", format_code(code))
    context = {"typed": typed[:100], "length": CODE_LENGTH, "given": len(code), "is_refused": "code" in request.GET}
    status = HTTPStatus.BAD_REQUEST if context["is_refused"] else HTTPStatus.OK
    return render(request, "filings/verify_code.html", context, status=status)


def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Show whether the copy is in force and what the file contains; 404 for an unknown code."""
    copies = IssuedCopy.objects.filter(code=plain_code(code))
    copy = copies.select_related("filing__department", "filing__cycle", "revision").first()
    newer = IssuedCopy.objects.filter(supersedes=copy).first() if copy else None
    context = {"code": code, "copy": copy, "newer": newer}
    return render(request, "filings/verify.html", context, status=HTTPStatus.OK if copy else HTTPStatus.NOT_FOUND)


def plain_code(typed: str) -> str:
    """Return a typed code as it is stored, without separators and in capital letters."""
    return _SEPARATOR.sub("", normalize("NFKC", typed)).upper()
