"""A county with a logged-in manager for the admin."""

import pytest
from django.test import Client

from filings import manager_group
from filings.choices import Stage
from filings.models import FormEdition
from filings.tests.county import County, found_county


@pytest.fixture
def county(db: None) -> County:
    county = found_county((Stage.PERFORMANCE,))
    manager_group.sync(county.manager)
    return county


@pytest.fixture
def client(county: County) -> Client:
    client = Client()
    client.force_login(county.manager)
    return client


@pytest.fixture
def edition(county: County) -> FormEdition:
    return county.cycle.edition
