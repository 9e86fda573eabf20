"""The small county, with a manager who is asked for the departments of its cycle."""

import pytest

from filings.tests.county import County, found_county


@pytest.fixture
def county(db: None) -> County:
    return found_county()
