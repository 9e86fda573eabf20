"""States of the review queue in which its pages look different."""

from datetime import timedelta

from django.utils import timezone

from filings.choices import Role
from filings.models import Filing
from filings.reviewing import open_pages
from filings.tests.county import County, create_user
from filings.tests.reviewing.queued import queued

SELECTED = {"selected": "{0.pk}:{0.lock}"}


def to_review(county: County) -> Filing:
    """A filing in review that a colleague has open, and another one."""
    filing = queued(county, "县农业局", counts={"warnings": 2}, round=2)
    queued(county, "县水利局", due_on=timezone.localdate() - timedelta(days=3))
    open_pages.seen(filing, create_user("colleague", Role.REVIEWER, county.section))
    return filing


def claimed_by_a_colleague(county: County) -> Filing:
    colleague = create_user("colleague", Role.REVIEWER, county.section)
    return queued(county, "县农业局", reviewer=colleague, claimed_at=timezone.now())
