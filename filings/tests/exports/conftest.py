"""The small county, whose cycle is exported."""

import pytest

from filings.tests.county import County, found_county


@pytest.fixture
def county(db: None) -> County:
    return found_county()
