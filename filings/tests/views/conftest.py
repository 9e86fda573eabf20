"""Fixtures for tests of pages: the small county, and logged-in clients."""

from collections.abc import Callable

import pytest
from django.test import Client

from filings.models import User
from filings.tests.county import County, found_county

ClientOf = Callable[[User], Client]


@pytest.fixture
def county(db: None) -> County:
    return found_county()


@pytest.fixture
def client_of() -> ClientOf:
    """Return a function that creates a client with a logged-in user."""

    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in
