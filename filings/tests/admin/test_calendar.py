"""Managers edit the calendar of working days, and deadlines that apply to running clocks."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from filings.models import CalendarDay, Filing
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


def test_a_changed_deadline_applies_to_running_filings(client: Client, county: County) -> None:
    filing = county.started()
    address = reverse("admin:filings_cycle_change", args=[county.cycle.pk])
    later = county.cycle.deadline + timedelta(days=5)
    form = open_form(client, address, "cycle_form")
    blank = {"extensions-TOTAL_FORMS": "0"}
    assert form.send({"deadline": str(later)}, blank).status_code == 302
    assert Filing.objects.get(pk=filing.pk).due_on == later
