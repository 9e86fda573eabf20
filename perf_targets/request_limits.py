"""Refuse requests before any view sees them: bodies that are too large, NUL characters in the address."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD

GetResponse = Callable[[HttpRequest], HttpResponse]

MEGABYTE = 1024 * 1024
# Pages without login have their own frame and no to-do.
PUBLIC = ("/public/", "/v/")
# How much of an oversized body is read and discarded: a browser shows no response while it is still sending.
MOST_DISCARDED = 64 * MEGABYTE


def request_limits(get_response: GetResponse) -> GetResponse:
    """Refuse oversized bodies before a byte is stored, and addresses with NUL, which PostgreSQL does not accept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _size(request) > _most(request):
            return _too_large(request)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            if request.path.startswith(PUBLIC):
                return _public_page(request, "地址可能有误，无法识别。", 400)
            raise BadRequest("NUL in the address")
        return _with_page(request, get_response(request))

    return middleware


def _size(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _most(request: HttpRequest) -> int:
    """Return the largest body in bytes; a multipart form may hold one file of the largest size plus its fields."""
    has_file = request.content_type == "multipart/form-data"
    return LARGEST_UPLOAD + MEGABYTE if has_file else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _too_large(request: HttpRequest) -> HttpResponse:
    for _ in range(MOST_DISCARDED // MEGABYTE):
        if not request.read(MEGABYTE):
            break
    if request.path.startswith(PUBLIC):
        return _public_page(request, f"文件超过 {LARGEST_UPLOAD // MEGABYTE} MB，不是本系统发出的定稿。", 413)
    numbers = {"size": _size(request) / MEGABYTE, "most": _most(request) // MEGABYTE}
    return render(request, "413.html", numbers, status=413)


def _public_page(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "filings/public/refused.html", {"sentence": sentence}, status=status)


def _with_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Fill the empty 405 response that a browser gets when it opens the address of an action like a page."""
    if isinstance(response, HttpResponseNotAllowed) and not response.content:
        if request.path.startswith(PUBLIC):
            response.content = _public_page(request, "这个地址不能直接打开。", 405).content
        else:
            response.content = render(request, "405.html").content
        response["Content-Length"] = len(response.content)
    return response
