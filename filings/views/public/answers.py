"""Answers of the public pages: compared by ETag, kept by proxies for a minute; plain pages for what is not public."""

from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import conditional_page, require_safe

from filings.formats.file import safe_name
from filings.models import Publication
from filings.public_data.tables import PublicTable, with_contents
from filings.publication.public import live

# Seconds for which a proxy may send an answer without asking: a withdrawn table disappears after them. Browsers always
# ask, with the ETag.
PROXY_AGE = 60
View = Callable[..., HttpResponseBase]
TableView = Callable[[HttpRequest, PublicTable], HttpResponseBase]


def public_page(view: View) -> View:
    """Decorate a public view: GET and HEAD only, with an ETag of the content; a plain page for Http404."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = render(request, "filings/public/missing.html", status=HTTPStatus.NOT_FOUND)
        if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            patch_cache_control(response, public=True, max_age=0, s_maxage=PROXY_AGE, must_revalidate=True)
        else:
            add_never_cache_headers(response)
        return response

    return require_safe(conditional_page(answer))


def public_table(view: TableView) -> View:
    """Decorate a public view of a published table; 410 if it was withdrawn, 404 if it was never published."""

    @public_page
    @wraps(view)
    def answer(request: HttpRequest, year: int, filing_id: int) -> HttpResponseBase:
        address = {"year": year, "filing__pk": filing_id}
        publication = with_contents(live().filter(**address)).first()
        if publication:
            return view(request, PublicTable.of(publication))
        if Publication.objects.filter(**address).exists():
            return render(request, "filings/public/withdrawn.html", {"year": year}, status=HTTPStatus.GONE)
        raise Http404

    return answer


def unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """Return the answer 304 if the client has the content of this ETag, otherwise None."""
    return get_conditional_response(request, etag=quote_etag(etag))


def file_answer(
    content: bytes | Iterable[bytes], *, content_type: str, stem: str, extension: str, etag: str
) -> HttpResponseBase:
    """Send a file under its name, in pieces if it is given in pieces. PDF files are shown, others downloaded."""
    is_shown = extension == "pdf"
    name = content_disposition_header(as_attachment=not is_shown, filename=safe_name(stem, extension))
    headers = {"Content-Disposition": str(name), "ETag": quote_etag(etag), "X-Content-Type-Options": "nosniff"}
    if isinstance(content, bytes):
        return HttpResponse(content, content_type=content_type, headers=headers)
    return StreamingHttpResponse(content, content_type=content_type, headers=headers)
