"""States of all pages, by template: each brings its page into the browser."""

from filings.tests.browser.page_states import (
    bureau,
    department,
    public,
    publication,
    review,
    setup,
    site,
    verification,
)
from filings.tests.browser.page_visits import PageState

PAGES: dict[str, dict[str, PageState]] = {
    **site.PAGES,
    **public.PAGES,
    **verification.PAGES,
    **publication.PAGES,
    **department.PAGES,
    **review.PAGES,
    **bureau.PAGES,
    **setup.PAGES,
}
