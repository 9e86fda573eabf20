"""States of an approval: about to be given, waiting for the worker, revoked."""

from filings.choices import Action, Stage
from filings.lifecycle import approvals
from filings.models import Filing, IssuedCopy
from filings.reviewing.draft_content import DraftContent
from filings.tests.browser import states
from filings.tests.county import County, step

APPROVER = "performance_reviewer"


def at_last_stage(county: County) -> Filing:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer)
    assert filing.stage == Stage.PERFORMANCE
    return filing


def waiting(county: County) -> Filing:
    """An approval that can still be cancelled."""
    filing = at_last_stage(county)
    content = DraftContent(reason="同意。")
    approvals.queue(filing, by=county.performance_reviewer, expected_lock=filing.lock, content=content)
    return filing


def revoked(county: County) -> Filing:
    return step(Action.REVOKE, states.approved(county), county.performance_reviewer, reason="金额有误。")


def revoked_copy(county: County) -> IssuedCopy:
    return revoked(county).issued_copies.get()
