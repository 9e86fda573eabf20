"""Who else has a review page open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from filings.choices import Role
from filings.models import OpenPage
from filings.reviewing import open_pages
from filings.tests.county import create_user, found_county
from filings.tests.reviewing.queued import queued

pytestmark = pytest.mark.django_db


def test_others_are_those_seen_in_the_last_two_minutes() -> None:
    county = found_county()
    filing, quiet = queued(county, "甲"), queued(county, "乙")
    colleague = create_user("colleague", Role.REVIEWER, county.section)
    for user in (county.section_reviewer, colleague, colleague):
        open_pages.seen(filing, user)
    assert OpenPage.objects.count() == 2
    assert open_pages.others(filing, county.section_reviewer) == ["colleague甲"]
    assert open_pages.others_of([filing, quiet], colleague) == {filing.pk: ["section_reviewer甲"]}
    OpenPage.objects.filter(user=colleague).update(seen_at=timezone.now() - timedelta(minutes=3))
    assert open_pages.others(filing, county.section_reviewer) == []
    open_pages.seen(filing, colleague)
    assert open_pages.others(filing, county.section_reviewer) == ["colleague甲"]
