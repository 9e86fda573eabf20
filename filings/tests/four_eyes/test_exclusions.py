"""Four eyes: users who took part in a revision leave the next step to others, in perform, lists and buttons alike."""

import pytest
from django.utils import timezone

from filings import drafts, permissions
from filings.choices import Action, Role, Stage, Status
from filings.errors import NotAllowed
from filings.lifecycle import workflow
from filings.models import Edit, Event, Filing, Membership, User
from filings.tests.county import County, add_membership, answer_remarks, found_county, step, with_reasons

pytestmark = pytest.mark.django_db

ANOTHER_HEAD = "审签须由另一人办理；没有其他单位负责人的，请与财政局联系，另设一名单位负责人。"


def today() -> str:
    day = timezone.localdate()
    return f"{day.month}月{day.day}日 "


def save(filing: Filing, by: User) -> None:
    change = drafts.Change("goals[0]", drafts.document(filing).goals[0], "管好县档案，服务查阅。")
    assert drafts.save(filing, [change], by=by, client_id="1").is_whole


def assert_left_to_others(filing: Filing, user: User, action: Action, sentence: str) -> None:
    """Assert that perform, permissions, lists and buttons agree that the user may not perform the action."""
    before = Event.objects.count()
    with pytest.raises(NotAllowed) as refusal:
        step(action, filing, user, reason="测试")
    assert refusal.value.reason == sentence == permissions.may(user, action, filing).reason
    assert action not in workflow.possible(filing, user)
    assert not permissions.awaiting(user).filter(pk=filing.pk).exists()
    assert user not in permissions.next_users(filing)
    assert Event.objects.count() == before


def test_the_submitter_leaves_signing_to_another_head() -> None:
    county = found_county()
    add_membership(county.filler, Role.HEAD, county.department)
    filing = county.signing()
    assert_left_to_others(filing, county.filler, Action.SIGN, f"这一版由您在 {today()}提交，{ANOTHER_HEAD}")
    assert workflow.possible(filing, county.filler) == (Action.SEND_BACK, Action.WITHDRAW)
    assert workflow.no_one_left(filing) == ""
    assert step(Action.SIGN, filing, county.head).status == Status.IN_REVIEW


def test_the_last_editor_leaves_signing_to_another_head() -> None:
    county = found_county()
    add_membership(county.head, Role.FILLER, county.department)
    filing = county.filled()
    save(filing, county.head)
    filing = step(Action.SUBMIT, filing, county.filler)
    assert_left_to_others(filing, county.head, Action.SIGN, f"这一版最后由您在 {today()}修改，{ANOTHER_HEAD}")
    assert workflow.no_one_left(filing) == (
        "「县档案馆」现在没有可以审签这一版的单位负责人（提交人和最后修改人不能审签）。"
        "请与财政局联系，另设一名单位负责人。"
    )
    filing = step(Action.SEND_BACK, filing, county.head, reason="由填报人再改一处。")
    change = drafts.Change("goals[0]", drafts.document(filing).goals[0], "管好县档案。")
    assert drafts.save(filing, [change], by=county.filler, client_id="2").is_whole
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    assert filing.status == Status.IN_REVIEW


def test_a_save_that_changes_nothing_makes_no_one_the_last_editor() -> None:
    county = found_county()
    add_membership(county.head, Role.FILLER, county.department)
    filing = county.filled()
    save(filing, county.head)
    stored = drafts.document(filing).goals[0]
    lock = Filing.objects.get().lock
    unchanged = drafts.Change("goals[0]", stored, stored)
    same = drafts.Change("goals[0]", "别的内容。", stored)
    refused = drafts.Change("goals[0]", stored, "长" * 5001)
    for number, change in enumerate((same, refused)):
        saved = drafts.save(filing, [change], by=county.filler, client_id=f"unchanged-{number}")
        assert saved.is_whole == (change != refused)
    assert (filing.edits.get().by, Filing.objects.get().lock, filing.lock) == (county.head, lock, lock)
    drafts.save(filing, [unchanged], by=county.filler, client_id="confirmed")
    assert filing.edits.filter(client_id=f"{Edit.CONFIRMATION}confirmed").exists()
    filing = step(Action.SUBMIT, filing, county.filler)
    assert_left_to_others(filing, county.head, Action.SIGN, f"这一版最后由您在 {today()}修改，{ANOTHER_HEAD}")


def test_a_confirmation_locks_no_innocent_head() -> None:
    county = found_county()
    add_membership(county.head, Role.FILLER, county.department)
    filing = county.filled()
    save(filing, county.filler)
    stored = drafts.document(filing).goals[0]
    unchanged = drafts.Change("goals[0]", stored, stored)
    drafts.save(filing, [unchanged], by=county.head, client_id=f"{Edit.CONFIRMATION}1")
    filing = step(Action.SUBMIT, filing, county.filler)
    assert list(permissions.awaiting(county.head)) == [filing]
    assert step(Action.SIGN, filing, county.head).status == Status.IN_REVIEW


@pytest.mark.parametrize("action", [Action.RETURN, Action.APPROVE_STAGE])
def test_the_signer_leaves_the_review_to_others(action: Action) -> None:
    county = found_county((Stage.SECTION,))
    filing = county.in_review()
    Membership.objects.filter(user=county.head).update(role=Role.REVIEWER, department=None, office=county.section)
    sentence = f"这一版由您在 {today()}审签，审核须由另一人办理。"
    assert_left_to_others(filing, county.head, action, sentence)
    assert workflow.possible(filing, county.section_reviewer) == (Action.RETURN, Action.APPROVE_STAGE)


@pytest.mark.parametrize("action", [Action.RETURN, Action.APPROVE_STAGE])
def test_the_submitter_leaves_the_review_to_others(action: Action) -> None:
    county = found_county((Stage.SECTION,))
    filing = county.in_review()
    Membership.objects.filter(user=county.filler).update(role=Role.REVIEWER, department=None, office=county.section)
    assert_left_to_others(filing, county.filler, action, f"这一版由您在 {today()}提交，审核须由另一人办理。")


@pytest.mark.parametrize("action", [Action.RETURN, Action.APPROVE_STAGE])
def test_a_reviewer_of_two_stages_passes_a_revision_once(action: Action) -> None:
    county = found_county((Stage.SECTION, Stage.PERFORMANCE))
    add_membership(county.section_reviewer, Role.REVIEWER, county.performance)
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.section_reviewer)
    sentence = f"您 {today()}已在业务股室环节审核通过，绩效股环节请由另一人审核。"
    assert_left_to_others(filing, county.section_reviewer, action, sentence)
    assert list(permissions.next_users(filing)) == [county.performance_reviewer]
    assert workflow.no_one_left(filing) == ""
    county.performance_reviewer.is_active = False
    county.performance_reviewer.save()
    assert workflow.no_one_left(filing) == (
        "绩效股环节现在没有可以审核这一版的审核人（填报、审签和在其他环节审核过的人不能审核）。请管理员另设一名审核人。"
    )


@pytest.fixture
def both_stages() -> County:
    """Return a county whose two reviewers review at both stages."""
    county = found_county((Stage.SECTION, Stage.PERFORMANCE))
    add_membership(county.section_reviewer, Role.REVIEWER, county.performance)
    add_membership(county.performance_reviewer, Role.REVIEWER, county.section)
    return county


def resubmitted(county: County, filing: Filing) -> Filing:
    filing = answer_remarks(filing, county.filler)
    return step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)


def test_a_stage_passed_before_a_return_counts_until_it_is_passed_again(both_stages: County) -> None:
    county = both_stages
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.section_reviewer)
    filing = resubmitted(county, step(Action.RETURN, filing, county.performance_reviewer, reason="请改。"))
    assert filing.stage == Stage.PERFORMANCE
    sentence = f"您 {today()}已在业务股室环节审核通过，绩效股环节请由另一人审核。"
    assert_left_to_others(filing, county.section_reviewer, Action.APPROVE_STAGE, sentence)
    assert list(permissions.next_users(filing)) == [county.performance_reviewer]
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer, exception_reason="已核实。")
    assert filing.status == Status.APPROVED


def test_a_return_from_the_first_stage_lets_all_stages_be_passed_again(both_stages: County) -> None:
    county = both_stages
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.section_reviewer)
    filing = workflow.perform(
        Action.RETURN,
        filing,
        by=county.performance_reviewer,
        expected_lock=filing.lock,
        reason="请改。",
        from_first_stage=True,
    )
    filing = resubmitted(county, filing)
    assert set(permissions.next_users(filing)) == {county.section_reviewer, county.performance_reviewer}
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer, exception_reason="已核实。")
    assert list(permissions.next_users(filing)) == [county.section_reviewer]
    sentence = f"您 {today()}已在业务股室环节审核通过，绩效股环节请由另一人审核。"
    assert_left_to_others(filing, county.performance_reviewer, Action.APPROVE_STAGE, sentence)
    filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer, exception_reason="已核实。")
    assert filing.status == Status.APPROVED


def test_a_later_stage_passed_before_an_adjustment_is_passed_again_and_counts_no_longer(both_stages: County) -> None:
    county = both_stages
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.section_reviewer)
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    filing = step(Action.ADJUST, filing, county.filler, reason="追加预算")
    filing = resubmitted(county, with_reasons(filing, county.filler))
    assert set(permissions.next_users(filing)) == {county.section_reviewer, county.performance_reviewer}


def test_other_statuses_exclude_no_one() -> None:
    county = found_county()
    filing = county.filled()
    save(filing, county.filler)
    assert permissions.awaiting(county.filler).get() == filing
    assert list(permissions.next_users(filing)) == [county.filler]
    assert workflow.no_one_left(filing) == ""
