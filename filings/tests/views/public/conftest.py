"""Published tables of a small county."""

from collections.abc import Callable

import pytest

from filings.models import Publication
from filings.tests.county import County
from filings.tests.published import publish


@pytest.fixture
def published(county: County) -> Publication:
    """Return the publication of the founding table, of 县档案馆."""
    return publish(county.cycle, county.department, by=county.manager)


@pytest.fixture
def address(published: Publication) -> Callable[[str], str]:
    """Return a function that gives the address of the table's page or, by name, of one of its files."""

    def address_of(name: str) -> str:
        return f"/public/{published.year}/{published.filing_id}/{name}"

    return address_of
