"""公开目录: pages for everybody."""

from dataclasses import replace

from django.core.files.storage import default_storage

from filings.choices import PublicationEnd
from filings.lifecycle import issuing
from filings.models import Publication
from filings.tests.browser.page_visits import ANONYMOUS, PageState, on_a_phone, page_at
from filings.tests.county import County
from filings.tests.founding import founding_document
from filings.tests.published import end, publish, publish_many

TABLE = "/public/{0.year}/{0.filing_id}/"


def published(county: County) -> Publication:
    return publish(county.cycle, county.department, by=county.manager)


def adjusted(county: County) -> Publication:
    published(county)
    newer = replace(founding_document(), goals=("保障全县组织工作，办好党员教育。",))
    return publish(county.cycle, county.department, newer, by=county.manager)


def withdrawn(county: County) -> Publication:
    publication = published(county)
    end(publication.filing, PublicationEnd.WITHDRAWN, by=county.manager, why="有误。")
    return publication


def damaged(county: County) -> Publication:
    publication = published(county)
    default_storage.delete(issuing.file_name(publication.copy.sha256))
    return publication


def many(county: County) -> Publication:
    """More tables than a page of the list shows."""
    publish_many(county.cycle, 51, by=county.manager)
    return published(county)


PAGES: dict[str, dict[str, PageState]] = {
    "filings/public/index.html": {
        "years": page_at("/public/", ANONYMOUS, published),
        "searched": page_at("/public/?q=党员", ANONYMOUS, published),
        "not_found": page_at("/public/?q=桥梁", ANONYMOUS, published),
        "empty": page_at("/public/"),
        "phone": on_a_phone(page_at("/public/?q=党员", ANONYMOUS, published)),
    },
    "filings/public/year.html": {
        "many": page_at("/public/{0.year}/", ANONYMOUS, many),
        "not_found": page_at("/public/{0.year}/?unit=x", ANONYMOUS, published),
        "phone": on_a_phone(page_at("/public/{0.year}/", ANONYMOUS, many)),
    },
    "filings/public/unit.html": {
        "listed": page_at("/public/units/101/", ANONYMOUS, published),
        "phone": on_a_phone(page_at("/public/units/101/", ANONYMOUS, published)),
    },
    "filings/public/table.html": {
        "published": page_at(TABLE, ANONYMOUS, published),
        "adjusted": page_at(TABLE, ANONYMOUS, adjusted),
        "phone": on_a_phone(page_at(TABLE, ANONYMOUS, adjusted)),
    },
    "filings/public/data.html": {
        "files": page_at("/public/{0.year}/data/", ANONYMOUS, published),
        "phone": on_a_phone(page_at("/public/{0.year}/data/", ANONYMOUS, published)),
    },
    "filings/public/refused.html": {"nul": page_at("/public/?q=%00")},
    "filings/public/missing.html": {"unknown": page_at("/public/1999/")},
    "filings/public/withdrawn.html": {"withdrawn": page_at(TABLE, ANONYMOUS, withdrawn)},
    "filings/public/damaged.html": {"damaged": page_at(f"{TABLE}table.pdf", ANONYMOUS, damaged)},
}
