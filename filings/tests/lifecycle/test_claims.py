"""Claims: who may claim, take over, hand over and release; what is recorded; when a claim ends."""

from collections.abc import Callable

import pytest

from filings.choices import Action, Handling, Role, Stage, Status
from filings.errors import AlreadyDone, ClaimedByAnother, NotAllowed, StepRefused
from filings.lifecycle import claims, events, workflow
from filings.models import Event, Filing, User
from filings.tests.county import County, create_user, fixed_bytes, found_county, step
from filings.tests.lifecycle.test_races import at_once

SECTION_FIRST = (Stage.SECTION, Stage.PERFORMANCE)


@pytest.fixture
def county(db: None) -> County:
    """A county whose reviewers may approve against open remarks, which are not the subject here."""
    county = found_county(SECTION_FIRST)
    county.cycle.policy["open_remarks"] = Handling.ALLOW
    county.cycle.save()
    return county


@pytest.fixture
def colleague(county: County) -> User:
    return create_user("colleague", Role.REVIEWER, county.section)


def last(filing: Filing) -> tuple[str, dict[str, str]]:
    event = filing.events.latest("number")
    return event.action, events.detail(event)


def reviewer_of(filing: Filing) -> User | None:
    filing = Filing.objects.get(pk=filing.pk)
    assert (filing.claimed_at is None) == (filing.reviewer is None)
    return filing.reviewer


def test_a_claim_is_recorded_and_keeps_the_lock(county: County) -> None:
    filing = county.in_review()
    claims.claim(filing, by=county.section_reviewer)
    assert reviewer_of(filing) == county.section_reviewer
    assert last(filing) == ("claim", {"lock": str(filing.lock), "stage": "section"})
    assert Filing.objects.get().lock == filing.lock
    assert events.first_broken(filing) is None
    with pytest.raises(AlreadyDone):
        claims.claim(filing, by=county.section_reviewer)


def test_only_a_reviewer_of_the_stage_claims(county: County) -> None:
    filing = county.in_review()
    for user in (county.performance_reviewer, county.filler, county.manager):
        with pytest.raises(NotAllowed):
            claims.claim(filing, by=user)
    step(Action.RETURN, filing, county.section_reviewer, reason="改")
    with pytest.raises(StepRefused, match="只有审核中的申报表可以认领"):
        claims.claim(filing, by=county.section_reviewer)


def test_a_second_claim_names_the_first_and_can_take_over(county: County, colleague: User) -> None:
    filing = county.in_review()
    claims.claim(filing, by=county.section_reviewer)
    with pytest.raises(ClaimedByAnother, match=r"section_reviewer甲 \d{4}-\d\d-\d\d \d\d:\d\d 认领了") as refusal:
        claims.claim(filing, by=colleague)
    assert reviewer_of(filing) == county.section_reviewer
    claims.claim(filing, by=colleague, over=refusal.value.reviewer_id)
    assert reviewer_of(filing) == colleague
    assert last(filing)[1]["reviewer_before"] == "section_reviewer甲"
    with pytest.raises(ClaimedByAnother, match="colleague甲"):
        claims.claim(filing, by=county.section_reviewer, over=create_user("x", Role.REVIEWER, county.section).pk)


def test_a_claim_of_a_disabled_account_does_not_count(county: County, colleague: User) -> None:
    filing = county.in_review()
    claims.claim(filing, by=county.section_reviewer)
    User.objects.filter(pk=county.section_reviewer.pk).update(is_active=False)
    claims.require_own(filing, by=colleague, over=None)
    claims.claim(filing, by=colleague)
    assert reviewer_of(filing) == colleague


def test_handing_over(county: County, colleague: User) -> None:
    filing = county.in_review()
    claims.hand_over(filing, by=county.section_reviewer, to=colleague)
    assert reviewer_of(filing) == colleague
    assert last(filing) == ("hand_over", {"lock": str(filing.lock), "stage": "section", "reviewer": "colleague甲"})
    with pytest.raises(NotAllowed, match="由 colleague甲 审核"):
        claims.hand_over(filing, by=county.section_reviewer, to=county.section_reviewer, over=colleague.pk)
    with pytest.raises(StepRefused, match="performance_reviewer甲 不能审核「县档案馆」的这一版"):
        claims.hand_over(filing, by=colleague, to=county.performance_reviewer)
    with pytest.raises(ClaimedByAnother):
        claims.hand_over(filing, by=county.manager, to=county.section_reviewer)
    claims.hand_over(filing, by=county.manager, to=county.section_reviewer, over=colleague.pk)
    assert reviewer_of(filing) == county.section_reviewer
    assert last(filing)[1] | {"lock": ""} == {
        "lock": "",
        "stage": "section",
        "reviewer_before": "colleague甲",
        "reviewer": "section_reviewer甲",
    }


def test_releasing(county: County, colleague: User) -> None:
    filing = county.in_review()
    with pytest.raises(AlreadyDone):
        claims.release(filing, by=county.section_reviewer)
    claims.claim(filing, by=county.section_reviewer)
    for user in (colleague, county.filler):
        with pytest.raises(NotAllowed):
            claims.release(filing, by=user, over=county.section_reviewer.pk)
    claims.release(filing, by=county.section_reviewer)
    assert reviewer_of(filing) is None
    assert last(filing)[0] == "release"
    claims.claim(filing, by=colleague)
    claims.release(filing, by=county.manager, over=colleague.pk)
    assert reviewer_of(filing) is None


def test_a_decision_over_the_claim_of_another_needs_a_confirmation(county: County, colleague: User) -> None:
    filing = county.in_review()
    claims.require_own(filing, by=colleague, over=None)
    claims.claim(filing, by=county.section_reviewer)
    claims.require_own(filing, by=county.section_reviewer, over=None)
    with pytest.raises(ClaimedByAnother):
        claims.require_own(filing, by=colleague, over=None)
    claims.require_own(filing, by=colleague, over=county.section_reviewer.pk)
    assert reviewer_of(filing) == colleague
    assert last(filing)[0] == "claim"


@pytest.mark.parametrize("action", [Action.APPROVE_STAGE, Action.RETURN])
def test_a_claim_ends_with_the_stage(county: County, action: Action) -> None:
    filing = county.in_review()
    claims.claim(filing, by=county.section_reviewer)
    step(action, filing, county.section_reviewer, reason="改")
    assert reviewer_of(filing) is None


def test_a_withdrawal_ends_the_claim(county: County) -> None:
    filing = county.in_review()
    claims.claim(filing, by=county.section_reviewer)
    step(Action.WITHDRAW, filing, county.filler)
    assert reviewer_of(filing) is None


def resubmitted(county: County, *, by: User, first_stage: bool = False) -> Filing:
    """Return a filing that `by` has returned and that is changed, submitted and signed again."""
    filing = Filing.objects.get()
    workflow.perform(Action.RETURN, filing, by=by, expected_lock=filing.lock, reason="改", from_first_stage=first_stage)
    filing.texts.filter(place="goals[0]").update(raw="保障单位运转，管好全县档案。")
    step(Action.SUBMIT, filing, county.filler)
    return step(Action.SIGN, filing, county.head)


def test_a_resubmission_goes_back_to_the_reviewer_who_returned_it(county: County, colleague: User) -> None:
    county.in_review()
    filing = resubmitted(county, by=colleague)
    assert reviewer_of(filing) == colleague
    step(Action.APPROVE_STAGE, filing, colleague)
    assert reviewer_of(filing) is None
    assert Filing.objects.get().resume_reviewer is None


def disable(user: User, _county: County) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def move(user: User, county: County) -> None:
    user.memberships.update(office=county.performance)


@pytest.mark.parametrize("leave", [disable, move])
def test_a_resubmission_goes_to_the_office_if_the_reviewer_has_left(
    county: County, colleague: User, leave: Callable[[User, County], None]
) -> None:
    filing = county.in_review()
    step(Action.RETURN, filing, colleague, reason="改")
    filing.texts.filter(place="goals[0]").update(raw="保障单位运转，管好全县档案。")
    step(Action.SUBMIT, filing, county.filler)
    leave(colleague, county)
    assert reviewer_of(step(Action.SIGN, filing, county.head)) is None


def test_from_the_first_stage_the_reviewer_gets_it_at_the_own_stage(county: County) -> None:
    filing = county.in_review()
    step(Action.APPROVE_STAGE, filing, county.section_reviewer)
    filing = resubmitted(county, by=county.performance_reviewer, first_stage=True)
    assert (filing.stage, reviewer_of(filing)) == (Stage.SECTION, None)
    filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer)
    assert (filing.stage, reviewer_of(filing)) == (Stage.PERFORMANCE, county.performance_reviewer)
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    assert (filing.status, filing.resume_reviewer, reviewer_of(filing)) == (Status.APPROVED, None, None)


def test_a_conflict_names_the_last_change_and_not_the_claim(county: County, colleague: User) -> None:
    filing = county.in_review()
    claims.claim(filing, by=colleague)
    with pytest.raises(StepRefused, match="head甲"):
        workflow.perform(Action.APPROVE_STAGE, filing, by=county.section_reviewer, expected_lock=0, printer=fixed_bytes)


@pytest.mark.django_db(transaction=True)
def test_of_several_reviewers_at_once_one_claims() -> None:
    county = found_county(SECTION_FIRST)
    reviewers = [create_user(f"reviewer{index}", Role.REVIEWER, county.section) for index in range(4)]
    filing = county.in_review()

    def work(number: int) -> None:
        try:
            claims.claim(filing, by=reviewers[number])
        except ClaimedByAnother:
            return

    at_once(4, work)
    event = Event.objects.get(action=Action.CLAIM)
    assert Filing.objects.get().reviewer == event.by
    assert events.first_broken(filing) is None
