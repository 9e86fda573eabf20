"""Lists of the public pages: all years, one year, one department."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from filings.models import Publication
from filings.public_data.search import LONGEST_SEARCH, PublicSearch
from filings.public_data.tables import absolute
from filings.publication.public import live
from filings.views.public.answers import public_page

ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class PublicYear:
    """A year with the number of its published tables."""

    year: int
    count: int


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """List the years; with a search, the tables of all years that match it."""
    search = PublicSearch.from_query(request.GET)
    context = {
        **_frame(request),
        "search": search,
        "longest": LONGEST_SEARCH,
        "years": _years(),
        "page": _page(request, search.found_in(live())) if search.query_string() else None,
        "query": search.query_string(),
    }
    return render(request, "filings/public/index.html", context)


@public_page
def year_list(request: HttpRequest, year: int) -> HttpResponse:
    """List the tables of a year by department."""
    years = _years()
    if year not in [each.year for each in years]:
        raise Http404
    search = PublicSearch.from_query(request.GET)
    context = {
        **_frame(request),
        "year": year,
        "years": years,
        "search": search,
        "longest": LONGEST_SEARCH,
        "page": _page(request, search.found_in(live().filter(year=year))),
        "query": search.query_string(),
    }
    return render(request, "filings/public/year.html", context)


@public_page
def unit_list(request: HttpRequest, code: str) -> HttpResponse:
    """List the tables of a department, newest first, under the name that it had last."""
    page = _page(request, live().filter(department_code=code))
    if not page.object_list:
        raise Http404
    newest = page.object_list[0]
    context = {**_frame(request), "name": newest.department_name, "code": code, "page": page, "query": ""}
    return render(request, "filings/public/unit.html", context)


def _frame(request: HttpRequest) -> dict[str, object]:
    """Return the canonical address of a list: without a search, with the number of its page."""
    number = request.GET.get("page", "")
    canonical = request.path + (f"?page={number}" if number.isdecimal() and number != "1" else "")
    return {"canonical": absolute(canonical)}


def _years() -> list[PublicYear]:
    counted = live().order_by().values_list("year").annotate(Count("pk"))
    return [PublicYear(year, count) for year, count in sorted(counted, reverse=True)]


def _page(request: HttpRequest, publications: QuerySet[Publication]) -> Page[Publication]:
    listed = publications.defer("words").order_by("-year", "department_code", "pk")
    return Paginator(listed, ROWS_PER_PAGE).get_page(request.GET.get("page"))
