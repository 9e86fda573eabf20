"""Permissions: who sees a filing at each stage of the workflow, who is next, and the reasons of refusals."""

import pytest

from filings import permissions
from filings.choices import Action, Role, Stage
from filings.models import Department, Filing, User
from filings.tests.county import County, add_membership, answer_remarks, create_user, found_county, open_cycle, step

pytestmark = pytest.mark.django_db

INSIDE = {"filler", "head", "observer", "manager"}


def seen_by(county: County, filing: Filing) -> set[str]:
    users = {user.username: user for user in User.objects.all()}
    return {name for name, user in users.items() if permissions.visible_to(user).filter(pk=filing.pk).exists()}


def test_a_filing_is_visible_to_its_department_and_the_stages_it_has_reached() -> None:
    county = found_county()
    filing = county.signing()
    assert seen_by(county, filing) == INSIDE
    filing = step(Action.SIGN, filing, county.head)
    assert seen_by(county, filing) == INSIDE | {"supervisor_reviewer"}
    filing = step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    assert seen_by(county, filing) == INSIDE | {"supervisor_reviewer", "section_reviewer"}
    filing = step(Action.RETURN, filing, county.section_reviewer, reason="改")
    assert seen_by(county, filing) == INSIDE | {"supervisor_reviewer", "section_reviewer"}
    filing = answer_remarks(filing, county.filler)
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer, exception_reason="已核实。")
    all_stages = INSIDE | {"supervisor_reviewer", "section_reviewer", "performance_reviewer"}
    assert seen_by(county, filing) == all_stages
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer, exception_reason="已核实。")
    filing = step(Action.ADJUST, filing, county.filler, reason="追加")
    assert seen_by(county, filing) == all_stages


def test_a_filing_withdrawn_before_review_is_visible_to_its_department_only() -> None:
    county = found_county()
    filing = step(Action.WITHDRAW, county.in_review(), county.filler)
    assert seen_by(county, filing) == INSIDE


def test_a_section_sees_its_departments_also_if_the_cycle_skips_its_stage() -> None:
    county = found_county((Stage.PERFORMANCE,))
    assert seen_by(county, county.in_review()) == INSIDE | {
        "supervisor_reviewer",
        "section_reviewer",
        "performance_reviewer",
    }


def test_a_section_sees_only_its_departments() -> None:
    county = found_county()
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    Department.objects.update(section=None)
    assert "section_reviewer" not in seen_by(county, filing)


def test_drafts_are_visible_to_their_department_and_managers() -> None:
    county = found_county()
    filing = county.in_review()
    allowed = {name for name in vars(county) if _is_user(county, name) and _sees_draft(county, name, filing)}
    assert allowed == INSIDE
    assert "最近一次提交的版本" in permissions.may_see_draft(county.supervisor_reviewer, filing).reason


def test_only_the_filler_fills_and_only_until_submission() -> None:
    county = found_county()
    filing = county.filled()
    answers = {name: permissions.may_fill(getattr(county, name), filing).allowed for name in ("filler", "head")}
    assert answers == {"filler": True, "head": False}
    filing = step(Action.SUBMIT, filing, county.filler)
    answer = permissions.may_fill(county.filler, filing)
    assert (answer.allowed, answer.reason) == (
        False,
        "这份申报表已经提交，不能修改；需要修改的，请先撤回或等待退回。",
    )


def test_a_filing_waits_for_the_users_who_can_perform_the_next_action() -> None:
    county = found_county()
    filing = county.filled()
    for action, name in (
        (Action.SUBMIT, "filler"),
        (Action.SIGN, "head"),
        (Action.APPROVE_STAGE, "supervisor_reviewer"),
        (Action.APPROVE_STAGE, "section_reviewer"),
        (Action.APPROVE_STAGE, "performance_reviewer"),
    ):
        waiting = {user.username for user in User.objects.all() if permissions.awaiting(user).exists()}
        assert waiting == {name}
        assert list(permissions.next_users(filing)) == [getattr(county, name)]
        filing = step(action, filing, getattr(county, name))
    assert not any(permissions.awaiting(user).exists() for user in User.objects.all())


def test_a_filing_does_not_wait_for_a_reviewer_of_its_own_department() -> None:
    county = found_county()
    filing = county.in_review()
    add_membership(county.supervisor_reviewer, Role.OBSERVER, county.department)
    assert not permissions.awaiting(county.supervisor_reviewer).exists()
    assert not permissions.next_users(filing).exists()
    assert "任职" in permissions.may(county.supervisor_reviewer, Action.APPROVE_STAGE, filing).reason


def test_a_filing_is_listed_once_for_a_user_with_several_roles() -> None:
    county = found_county()
    step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    user = create_user("user", Role.OBSERVER, county.department)
    add_membership(user, Role.MANAGER, county.performance)
    add_membership(user, Role.REVIEWER, county.section)
    assert permissions.visible_to(user).count() == 1


@pytest.mark.parametrize("number", [1, 5])
def test_a_list_takes_two_queries_for_any_length(number: int, django_assert_num_queries: object) -> None:
    county = found_county()
    cycle = open_cycle()
    for index in range(number):
        Filing.objects.create(cycle=cycle, department=Department.objects.create(code=f"3{index}", name=f"单位{index}"))
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(permissions.visible_to(county.manager)) == number


def test_a_superuser_without_membership_sees_and_may_do_nothing() -> None:
    county = found_county()
    filing = county.filled()
    user = User.objects.create(username="user", name="无", is_superuser=True, is_staff=True)
    assert not permissions.visible_to(user).exists()
    assert not any(permissions.may(user, action, filing) for action in Action)


def _is_user(county: County, name: str) -> bool:
    return isinstance(getattr(county, name), User)


def _sees_draft(county: County, name: str, filing: Filing) -> bool:
    return permissions.may_see_draft(getattr(county, name), filing).allowed


def test_the_withdrawal_from_review_is_the_first_one_after_the_signature() -> None:
    county = found_county()
    filing = county.in_review()
    for action in (Action.WITHDRAW, Action.SUBMIT, Action.WITHDRAW):
        step(action, filing, county.filler)
    first = filing.events.filter(action=Action.WITHDRAW).earliest("number")
    found = {user.username: permissions.withdrawals_from(user, [filing.pk]) for user in User.objects.all()}
    assert {name: events for name, events in found.items() if events} == {
        "supervisor_reviewer": [first],
        "manager": [first],
    }
