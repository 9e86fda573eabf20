"""Issued copies for tests of their verification, in a county whose only stage is the performance section."""

from filings.choices import Action
from filings.lifecycle import workflow
from filings.models import Filing, IssuedCopy
from filings.tests.county import County, step, with_reasons


def approve(county: County, filing: Filing | None = None) -> IssuedCopy:
    """Approve a filing in review, by default the county's, with the real printer; return the copy."""
    filing = Filing.objects.get(pk=(filing or county.in_review()).pk)
    workflow.perform(Action.APPROVE_STAGE, filing, by=county.performance_reviewer, expected_lock=filing.lock)
    return filing.issued_copies.get(live=True)


def adjust(county: County, filing: Filing, goal: str) -> Filing:
    """Adjust an approved filing: another goal, submitted and signed; return it in review."""
    step(Action.ADJUST, filing, county.filler, reason="追加预算。")
    filing.texts.filter(place="goals[0]").update(raw=goal)
    step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    return step(Action.SIGN, filing, county.head)
