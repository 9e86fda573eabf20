"""Who sees which filing, at each point of its way, and why not."""

import pytest

from filings import permissions
from filings.choices import Action, Role, Stage
from filings.models import Department, Filing, User
from filings.tests.county import County, found_county, join, open_cycle, person, step

pytestmark = pytest.mark.django_db

INSIDE = {"filler", "head", "observer", "manager"}


def seen_by(county: County, filing: Filing) -> set[str]:
    users = {user.username: user for user in User.objects.all()}
    return {name for name, user in users.items() if permissions.visible_to(user).filter(pk=filing.pk).exists()}


def test_a_filing_is_seen_by_its_own_and_by_the_stages_it_has_reached() -> None:
    county = found_county()
    filing = county.signing()
    assert seen_by(county, filing) == INSIDE
    filing = step(Action.SIGN, filing, county.head)
    assert seen_by(county, filing) == INSIDE | {"supervisor_reviewer"}
    filing = step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    assert seen_by(county, filing) == INSIDE | {"supervisor_reviewer", "section_reviewer"}
    filing = step(Action.RETURN, filing, county.section_reviewer, reason="改")
    assert seen_by(county, filing) == INSIDE | {"supervisor_reviewer", "section_reviewer"}
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer)
    everybody_concerned = INSIDE | {"supervisor_reviewer", "section_reviewer", "performance_reviewer"}
    assert seen_by(county, filing) == everybody_concerned
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    filing = step(Action.ADJUST, filing, county.filler, reason="追加")
    assert seen_by(county, filing) == everybody_concerned


def test_a_filing_withdrawn_before_anybody_decided_is_seen_inside_only() -> None:
    county = found_county()
    filing = step(Action.WITHDRAW, county.in_review(), county.filler)
    assert seen_by(county, filing) == INSIDE


def test_a_section_sees_its_departments_also_where_the_cycle_skips_it() -> None:
    county = found_county((Stage.PERFORMANCE,))
    assert seen_by(county, county.in_review()) == INSIDE | {
        "supervisor_reviewer",
        "section_reviewer",
        "performance_reviewer",
    }


def test_a_section_sees_its_departments_alone() -> None:
    county = found_county()
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    Department.objects.update(section=None)
    assert "section_reviewer" not in seen_by(county, filing)


def test_drafts_are_for_the_own_department_and_managers() -> None:
    county = found_county()
    filing = county.in_review()
    allowed = {name for name in vars(county) if _is_person(county, name) and _sees_draft(county, name, filing)}
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


def test_what_awaits_a_person_is_what_they_can_do_next() -> None:
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


def test_a_reviewer_of_their_own_department_is_not_waited_for() -> None:
    county = found_county()
    filing = county.in_review()
    join(county.supervisor_reviewer, Role.OBSERVER, county.department)
    assert not permissions.awaiting(county.supervisor_reviewer).exists()
    assert not permissions.next_users(filing).exists()
    assert "任职" in permissions.may(county.supervisor_reviewer, Action.APPROVE_STAGE, filing).reason


def test_each_filing_is_listed_once_whatever_roles_somebody_has() -> None:
    county = found_county()
    step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    somebody = person("somebody", Role.OBSERVER, county.department)
    join(somebody, Role.MANAGER, county.performance)
    join(somebody, Role.REVIEWER, county.section)
    assert permissions.visible_to(somebody).count() == 1


@pytest.mark.parametrize("number", [1, 5])
def test_lists_take_two_queries_whatever_their_length(number: int, django_assert_num_queries: object) -> None:
    county = found_county()
    cycle = open_cycle()
    for at in range(number):
        Filing.objects.create(cycle=cycle, department=Department.objects.create(code=f"3{at}", name=f"单位{at}"))
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(permissions.visible_to(county.manager)) == number


def test_somebody_without_a_role_sees_and_may_do_nothing() -> None:
    county = found_county()
    filing = county.filled()
    nobody = User.objects.create(username="nobody", name="无", is_superuser=True, is_staff=True)
    assert not permissions.visible_to(nobody).exists()
    assert not any(permissions.may(nobody, action, filing) for action in Action)


def _is_person(county: County, name: str) -> bool:
    return isinstance(getattr(county, name), User)


def _sees_draft(county: County, name: str, filing: Filing) -> bool:
    return permissions.may_see_draft(getattr(county, name), filing).allowed
