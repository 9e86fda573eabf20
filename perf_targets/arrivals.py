"""Requests that no view can answer, and what is said to them. Who may come in at all is admission's affair."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD

Answer = Callable[[HttpRequest], HttpResponse]

MEGABYTE = 1024 * 1024
# Of a body that is too large so much is read and thrown away: a browser shows no answer while it is still sending.
THROWN_AWAY = 64 * MEGABYTE


def arrivals(answer: Answer) -> Answer:
    """Turns away bodies that are too large, before a byte is kept, and addresses that no database takes."""

    def arrive(request: HttpRequest) -> HttpResponse:
        if _size(request) > _most(request):
            return _too_large(request)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return _in_words(request, answer(request))

    return arrive


def _size(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def _most(request: HttpRequest) -> int:
    """How large a body may be: a form with a file in it may hold one of the largest size, and its fields."""
    has_file = request.content_type == "multipart/form-data"
    return LARGEST_UPLOAD + MEGABYTE if has_file else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _too_large(request: HttpRequest) -> HttpResponse:
    for _ in range(THROWN_AWAY // MEGABYTE):
        if not request.read(MEGABYTE):
            break
    numbers = {"size": _size(request) / MEGABYTE, "most": _most(request) // MEGABYTE}
    return render(request, "413.html", numbers, status=413)


def _in_words(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same answer, with a page where Django gives an empty one: a step's address that is opened like a page."""
    if isinstance(response, HttpResponseNotAllowed) and not response.content:
        response.content = render(request, "405.html").content
        response["Content-Length"] = len(response.content)
    return response
