"""豁免: only the finance bureau waives errors, with a reason, recorded in the history."""

import pytest
from django.utils import timezone

from filings import drafts
from filings.checks import assessment
from filings.choices import Action, Role
from filings.drafts.assessment import assess_draft
from filings.errors import (
    AlreadyDone,
    NotAllowed,
    NotReady,
    StepRefused,
)
from filings.lifecycle import events, waivers
from filings.models import Event, Filing, User, Waiver
from filings.models import Finding as StoredFinding
from filings.tests.county import County, add_membership, found_county, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


def control(county: County) -> None:
    """Add a control figure that differs from the table's total: rule B7."""
    county.cycle.control_figures.create(
        department=county.department, raw="90", fen=90_000_000, by=county.manager, at=timezone.now()
    )


def filing_with_error(county: County) -> tuple[Filing, str]:
    filing = county.filled()
    control(county)
    return filing, identity_of_error(filing)


def identity_of_error(filing: Filing) -> str:
    [finding] = assess_draft(filing, drafts.load(filing)).blocking
    return finding.identity


def test_a_manager_waives_and_the_filing_can_be_submitted(county: County) -> None:
    filing, identity = filing_with_error(county)
    with pytest.raises(NotReady):
        step(Action.SUBMIT, filing, county.filler)
    waivers.waive(filing, identity, "控制数月底调整", by=county.manager)
    filing = step(Action.SUBMIT, filing, county.filler)
    assert filing.status == "signing"
    kept = StoredFinding.objects.get(code="B7")
    assert (kept.waived_by_name, kept.waived_by_office, kept.waiver_reason) == (
        "manager甲",
        "财政局",
        "控制数月底调整",
    )
    assert step(Action.SIGN, filing, county.head).status == "in_review"


def test_a_waiver_is_in_the_history_with_name_and_reason(county: County) -> None:
    filing, identity = filing_with_error(county)
    waiver = waivers.waive(filing, identity, " 控制数月底调整 ", by=county.manager)
    event = Event.objects.get(filing=filing, action=Action.WAIVE)
    assert events.detail(event) == {"code": "B7", "finding": waiver.message, "reason": "控制数月底调整"}
    assert (event.by_name, event.by_office) == ("manager甲", "财政局")
    assert events.first_broken(filing) is None


def test_a_waiver_does_not_cover_a_changed_finding(county: County) -> None:
    filing, identity = filing_with_error(county)
    waivers.waive(filing, identity, "控制数月底调整", by=county.manager)
    for line in ("TOTAL", "INC.GENERAL", "EXP.BASIC"):
        filing.amounts.filter(line=line).update(raw="101", fen=101_000_000)
    assert identity_of_error(filing) != identity


@pytest.mark.parametrize(
    "name",
    [
        "filler",
        "head",
        "observer",
        "supervisor_reviewer",
        "section_reviewer",
        "performance_reviewer",
        "stranger",
    ],
)
def test_other_roles_cannot_waive_errors_of_a_draft(county: County, name: str) -> None:
    filing, identity = filing_with_error(county)
    by: User = getattr(county, name)
    with pytest.raises(NotAllowed):
        waivers.waive(filing, identity, "请通过", by=by)
    assert not Waiver.objects.exists()


def test_a_member_of_the_department_cannot_waive_its_errors(county: County) -> None:
    filing, identity = filing_with_error(county)
    add_membership(county.manager, Role.OBSERVER, county.department)
    with pytest.raises(NotAllowed, match="本单位"):
        waivers.waive(filing, identity, "请通过", by=county.manager)


def test_a_reviewer_of_the_bureau_waives_errors_at_their_own_stage(county: County) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    control(county)
    [finding] = assessment.assess_revision(filing.revisions.get()).blocking
    with pytest.raises(StepRefused, match="豁免"):
        step(Action.APPROVE_STAGE, filing, county.section_reviewer)
    with pytest.raises(NotAllowed):
        waivers.waive(filing, finding.identity, "已核", by=county.performance_reviewer)
    waivers.waive(filing, finding.identity, "已核", by=county.section_reviewer)
    assert step(Action.APPROVE_STAGE, filing, county.section_reviewer).stage == "performance"


@pytest.mark.parametrize(
    ("reason", "sentence"), [("", "请写明豁免的理由"), (" \n ", "请写明"), ("长" * 1001, "共 1001 字")]
)
def test_a_waiver_needs_a_reason_of_at_most_1000_characters(county: County, reason: str, sentence: str) -> None:
    filing, identity = filing_with_error(county)
    with pytest.raises(StepRefused, match=sentence):
        waivers.waive(filing, identity, reason, by=county.manager)
    assert not Waiver.objects.exists()


def test_only_present_errors_can_be_waived_and_only_once(county: County) -> None:
    filing, identity = filing_with_error(county)
    with pytest.raises(StepRefused, match="已经没有这一项"):
        waivers.waive(filing, "B7-0123456789abcdef", "请通过", by=county.manager)
    waivers.waive(filing, identity, "控制数月底调整", by=county.manager)
    with pytest.raises(AlreadyDone):
        waivers.waive(filing, identity, "再来", by=county.manager)
    assert Waiver.objects.count() == 1
