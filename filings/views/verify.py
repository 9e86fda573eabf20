"""核验: whether a printed copy is one of ours, and what it carries. Open to everybody who has its code."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from filings.models import IssuedCopy

# The code is printed in groups of four with hyphens between them.
_NO_LETTER = re.compile(r"[^0-9A-Za-z]")


def verify(request: HttpRequest, code: str) -> HttpResponse:
    found = IssuedCopy.objects.filter(code=_NO_LETTER.sub("", code).upper())
    copy = found.select_related("filing__department", "filing__cycle", "revision").first()
    newer = IssuedCopy.objects.filter(supersedes=copy).first() if copy else None
    context = {"code": code, "copy": copy, "newer": newer}
    return render(request, "filings/verify.html", context, status=200 if copy else 404)
