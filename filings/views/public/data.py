"""Open data of the public pages: the data package of a cycle, feeds, sitemaps, robots.txt."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from filings.models import Cycle
from filings.public_data import archive, feed, sitemap
from filings.public_data.package import DESCRIPTOR, DataPackage, description, package_of
from filings.public_data.rows import RESOURCES
from filings.public_data.tables import absolute
from filings.publication.public import live
from filings.views.public.answers import file_answer, public_page, unchanged

_ROBOTS = "User-agent: *\nAllow: /public/\nAllow: /v/\nAllow: /static/\nDisallow: /\nSitemap: {sitemap}\n"


@public_page
def data_page(request: HttpRequest, year: int) -> HttpResponse:
    """Explain the files of the year's cycles."""
    cycles = Cycle.objects.filter(pk__in=live().filter(year=year).order_by().values("cycle"))
    listed = list(cycles.select_related("edition").order_by("pk"))
    if not listed:
        raise Http404
    context = {
        "canonical": absolute(request.path),
        "year": year,
        "cycles": listed,
        "description": description(),
    }
    return render(request, "filings/public/data.html", context)


@public_page
def descriptor(request: HttpRequest, cycle_id: int) -> HttpResponseBase:
    package = _package(cycle_id)
    return _file(request, package, DESCRIPTOR, "application/json", package.descriptor)


@public_page
def csv_file(request: HttpRequest, cycle_id: int, name: str) -> HttpResponseBase:
    if name not in RESOURCES:
        raise Http404
    package, file = _package(cycle_id), f"{name}.csv"
    return _file(request, package, file, "text/csv; charset=utf-8", lambda: archive.member_of(package, file))


@public_page
def archive_file(request: HttpRequest, cycle_id: int) -> HttpResponseBase:
    package = _package(cycle_id)
    return _file(request, package, f"{package.stem}.zip", "application/zip", lambda: archive.content_of(package))


def _package(cycle_id: int) -> DataPackage:
    cycle = Cycle.objects.filter(pk=cycle_id).select_related("edition").first()
    package = package_of(cycle) if cycle else None
    if package is None or not package.ids:
        raise Http404
    return package


def _file(
    request: HttpRequest,
    package: DataPackage,
    name: str,
    content_type: str,
    write: Callable[[], bytes | Iterable[bytes]],
) -> HttpResponseBase:
    """Send a file of a package; nothing is written if the client has it."""
    stem, _, extension = name.rpartition(".")
    return unchanged(request, package.etag) or file_answer(
        write(), content_type=content_type, stem=stem, extension=extension, etag=package.etag
    )


@public_page
def newest_feed(request: HttpRequest) -> HttpResponse:
    title = f"{settings.COUNTY}部门整体支出绩效目标公开"
    return _feed(feed.write(live(), title=title, page=reverse("public_index"), path=request.path))


@public_page
def unit_feed(request: HttpRequest, code: str) -> HttpResponse:
    publications = live().filter(department_code=code)
    newest = publications.order_by("-pk").values_list("department_name", flat=True).first()
    if newest is None:
        raise Http404
    title = f"{newest}部门整体支出绩效目标公开"
    return _feed(feed.write(publications, title=title, page=reverse("public_unit", args=(code,)), path=request.path))


def _feed(text: str) -> HttpResponse:
    return HttpResponse(text, content_type=feed.CONTENT_TYPE)


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return HttpResponse(sitemap.index(), content_type=sitemap.CONTENT_TYPE)


@public_page
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    text = sitemap.part(number) if number else ""
    if not text:
        raise Http404
    return HttpResponse(text, content_type=sitemap.CONTENT_TYPE)


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines read the public pages and verification only."""
    text = _ROBOTS.format(sitemap=absolute(reverse("public_sitemap")))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
