"""Times are shown in the time zone of the site, Asia/Shanghai, whatever zone they are stored in."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import timezone

from filings.local_time import clock, day, moment, short_day, short_moment

TEMPLATES = settings.BASE_DIR / "templates"

pytestmark = pytest.mark.once


def test_an_evening_in_utc_is_the_next_day_here() -> None:
    at = datetime(2026, 3, 1, 17, 5, 9, tzinfo=UTC)
    assert (moment(at), day(at), clock(at)) == ("2026-03-02 01:05", "2026-03-02", "01:05:09")


def test_lists_leave_out_this_year() -> None:
    this_year = timezone.localtime().year
    at = datetime(this_year, 3, 1, 17, 5, tzinfo=UTC)
    assert (short_day(at), short_moment(at)) == ("03-02", "03-02 01:05")
    before = at.replace(year=this_year - 1)
    assert (short_day(before), short_moment(before)) == (f"{this_year - 1}-03-02", f"{this_year - 1}-03-02 01:05")


def test_pages_write_dates_in_one_shape() -> None:
    """Signatures on printed sheets write 2026年3月15日."""
    shapes = {
        path.relative_to(TEMPLATES).as_posix(): found
        for path in TEMPLATES.rglob("*.html")
        if (found := re.findall(r'date:"((?:Y年|m-d|n月|n-j|y-)[^"]*)"', path.read_text(encoding="utf-8")))
    }
    assert shapes == {"filings/scores/page.html": ["Y年n月j日"]}
