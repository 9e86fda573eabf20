"""Sitemaps for search engines (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Iterator

from django.db.models import Max, QuerySet
from django.urls import reverse

from filings.models import Publication
from filings.public_data.tables import absolute
from filings.publication.public import live

# The protocol allows 50,000 addresses in a file; the first part also has the pages of years.
TABLES_IN_PART = 49_000
CONTENT_TYPE = "application/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def index() -> str:
    """Write the list of parts."""
    parts = max(1, -(-live().count() // TABLES_IN_PART))
    addresses = (absolute(reverse("public_sitemap_part", args=(number,))) for number in range(1, parts + 1))
    listed = "".join(f"<sitemap><loc>{address}</loc></sitemap>\n" for address in addresses)
    return f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{listed}</sitemapindex>\n'


def part(number: int) -> str:
    """Write a part: tables in order of publication; the pages of years come first in the first part.

    A part beyond the last has no addresses and is ''.
    """
    start = (number - 1) * TABLES_IN_PART
    # An offset of any size would overflow the integers of a database.
    if number > 1 and start >= live().count():
        return ""
    pages = [_entry(address, changed) for address, changed in _years()] if number == 1 else []
    publications = live().order_by("pk")[start : start + TABLES_IN_PART]
    tables = [_entry(address, changed) for address, changed in _tables(publications)]
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n{"".join([*pages, *tables])}</urlset>\n'


def _years() -> Iterator[tuple[str, str]]:
    newest = live().order_by().values_list("year").annotate(Max("at"))
    for year, at in sorted(newest):
        yield absolute(reverse("public_year", args=(year,))), at.isoformat()


def _tables(publications: QuerySet[Publication]) -> Iterator[tuple[str, str]]:
    # Resolving 49,000 addresses one by one would take longer than the rest.
    pattern = absolute(reverse("public_table", args=(0, 0))).removesuffix("/0/0/")
    for year, filing, at in publications.values_list("year", "filing_id", "at").iterator():
        yield f"{pattern}/{year}/{filing}/", at.isoformat()


def _entry(address: str, changed: str) -> str:
    """Write an address, which needs no escaping, with the time of its last change."""
    return f"<url><loc>{address}</loc><lastmod>{changed}</lastmod></url>\n"
