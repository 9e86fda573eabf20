"""核验: verify the code of a printed copy, without login."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from filings.models import IssuedCopy

# Codes are printed in groups of four with hyphens between them, and may be typed with spaces.
_SEPARATOR = re.compile(r"[^0-9A-Za-z]")


def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Show whether the copy is in force and what the file contains; 404 for an unknown code."""
    copies = IssuedCopy.objects.filter(code=_SEPARATOR.sub("", code).upper())
    copy = copies.select_related("filing__department", "filing__cycle", "revision").first()
    newer = IssuedCopy.objects.filter(supersedes=copy).first() if copy else None
    context = {"code": code, "copy": copy, "newer": newer}
    return render(request, "filings/verify.html", context, status=HTTPStatus.OK if copy else HTTPStatus.NOT_FOUND)
