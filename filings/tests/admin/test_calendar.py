"""Managers edit the calendar of working days."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from filings.models import CalendarDay
from filings.tests.admin.pages import open_form
from filings.tests.county import County

pytestmark = pytest.mark.django_db


def test_a_day_is_added_and_found_by_its_year(client: Client, county: County) -> None:
    added = open_form(client, reverse("admin:filings_calendarday_add"), "calendarday_form")
    assert added.send({"date": "2027-02-06", "name": "春节"}).status_code == 302
    assert CalendarDay.objects.values_list("date", "is_working", "name").get() == (date(2027, 2, 6), False, "春节")
    address = reverse("admin:filings_calendarday_changelist")
    assert "春节" in client.get(address, {"q": "2027"}).content.decode()
    assert "春节" not in client.get(address, {"q": "2028"}).content.decode()
