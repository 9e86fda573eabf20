"""Times are shown in the time zone of the site, Asia/Shanghai, whatever zone they are stored in."""

from datetime import UTC, datetime

import pytest

from filings.local_time import clock, day, moment

pytestmark = pytest.mark.once


def test_an_evening_in_utc_is_the_next_day_here() -> None:
    at = datetime(2026, 3, 1, 17, 5, 9, tzinfo=UTC)
    assert (moment(at), day(at), clock(at)) == ("2026-03-02 01:05", "2026-03-02", "01:05:09")
