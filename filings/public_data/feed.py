"""Atom feeds of what was published last."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import feedgenerator

from filings import local_time
from filings.models import Publication
from filings.public_data.tables import absolute, address_of

MOST_ENTRIES = 50
CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def write(publications: QuerySet[Publication], *, title: str, page: str, path: str) -> str:
    """Write the newest publications as a feed. `page` is the path of the page with its contents, `path` its own."""
    newest = publications.defer("words").order_by("-pk")[:MOST_ENTRIES]
    feed = feedgenerator.Atom1Feed(
        title=title, link=absolute(page), description=None, language="zh-hans", feed_url=absolute(path)
    )
    _add(feed, newest)
    return feed.writeString("utf-8")


def _add(feed: feedgenerator.Atom1Feed, publications: Iterable[Publication]) -> None:
    for publication in publications:
        address = address_of(publication)
        feed.add_item(
            title=f"{publication.department_name} {publication.year}年度部门整体支出绩效目标表",
            link=address,
            description=f"批复日期 {local_time.day(publication.approved_at)}",
            # An adjusted table is another entry at the same address.
            unique_id=f"{address}#{publication.pk}",
            pubdate=publication.at,
            updateddate=publication.at,
        )
