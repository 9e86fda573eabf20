"""States of a review in which its scores and consultations look different."""

from datetime import timedelta

from django.utils import timezone

from filings.document.place import goal
from filings.lifecycle import consultations
from filings.models import Consultation, Filing
from filings.tests.county import County
from filings.tests.views.scores.test_page import approve, full


def scored(county: County) -> Filing:
    """Two reviewers with different scores and notes."""
    filing = approve(county.in_review(), county.supervisor_reviewer, full(county))
    return approve(filing, county.section_reviewer, full(county, goal=("5", "目标笼统，未写到量")))


def asked(county: County) -> Consultation:
    """A question that waits for its answer."""
    return consultations.ask(
        county.in_review(),
        places=[goal()],
        question="口径对吗？",
        to=county.section_reviewer,
        due_on=timezone.localdate() + timedelta(days=1),
        by=county.supervisor_reviewer,
    )
