"""Distributing selected filings among the reviewers of their stage."""

import pytest
from django.utils import timezone

from filings.choices import Action, Role, Stage, Status
from filings.lifecycle import assignment
from filings.models import Cycle, Event, Filing, User
from filings.reviewing.selection import Selected
from filings.tests.county import County, add_membership, create_user, found_county, step
from filings.tests.reviewing.queued import queued, signed


@pytest.fixture
def county(db: None) -> County:
    return found_county((Stage.SECTION, Stage.PERFORMANCE))


@pytest.fixture
def colleague(county: County) -> User:
    return create_user("colleague", Role.REVIEWER, county.section)


def select(*filings: Filing) -> list[Selected]:
    return [Selected(filing.pk, filing.lock) for filing in filings]


def claims_of(user: User) -> list[str]:
    return [filing.department.name for filing in user.claims.order_by("department__code")]


def test_evenly_gives_to_those_with_the_least(county: County, colleague: User) -> None:
    queued(county, "已在审", reviewer=colleague)
    filings = [queued(county, f"单位{index}") for index in range(5)]
    result = assignment.assign(county.manager, select(*filings), None)
    assert (len(result.done), result.left_out, result.unknown) == (5, [], 0)
    assert (len(claims_of(county.section_reviewer)), len(claims_of(colleague))) == (3, 3)
    assert Event.objects.filter(action=Action.HAND_OVER, by=county.manager).count() == 5


def test_claims_in_a_closed_cycle_are_no_load(county: County, colleague: User) -> None:
    closed = Cycle.objects.create(
        year=county.cycle.year - 1,
        edition=county.cycle.edition,
        opens_on=county.cycle.opens_on,
        deadline=county.cycle.deadline,
        stages=county.cycle.stages,
        started_at=timezone.now(),
        closed_at=timezone.now(),
    )
    Filing.objects.filter(pk=queued(county, "往年", reviewer=colleague).pk).update(cycle=closed)
    plan = assignment.plan(county.manager, select(queued(county, "单位")))
    assert {candidate.user: candidate.load for candidate in plan.candidates()} == {
        county.section_reviewer: 0,
        colleague: 0,
    }


def test_each_stage_goes_to_its_own_reviewers(county: County) -> None:
    first, second = queued(county, "股室"), queued(county, "绩效", stage=Stage.PERFORMANCE)
    assignment.assign(county.manager, select(first, second), None)
    assert claims_of(county.section_reviewer) == ["股室"]
    assert claims_of(county.performance_reviewer) == ["绩效"]


def test_a_reviewer_does_not_get_the_own_department(county: County, colleague: User) -> None:
    filing = queued(county, "单位")
    add_membership(county.section_reviewer, Role.FILLER, filing.department)
    plan = assignment.plan(county.manager, select(filing))
    assert [candidate.user for candidate in plan.candidates()] == [colleague]
    assignment.assign(county.manager, select(filing), None)
    assert claims_of(colleague) == ["单位"]


def test_who_took_part_in_a_version_does_not_get_it(county: County, colleague: User) -> None:
    first = queued(county, "甲局")
    first.revisions.get().reviews.create(
        stage=Stage.SUPERVISOR, decision=Action.APPROVE_STAGE, by=county.section_reviewer, at=first.held_since
    )
    assignment.assign(county.manager, select(first), None)
    assert claims_of(colleague) == ["甲局"]
    colleague.is_active = False
    colleague.save()
    result = assignment.assign(county.manager, select(first), None)
    assert [item.reason[:16] for item in result.left_out] == ["当前环节的审核人都参与过这一版的"]


def test_to_one_reviewer_leaves_out_what_the_reviewer_may_not_decide(county: County, colleague: User) -> None:
    mine = queued(county, "股室", reviewer=county.section_reviewer)
    other = queued(county, "绩效", stage=Stage.PERFORMANCE)
    returned = queued(county, "已办结", status=Status.APPROVED, stage="")
    returned.revisions.get().reviews.create(
        stage=Stage.SECTION, decision=Action.APPROVE_STAGE, by=colleague, at=returned.held_since
    )
    selected = [*select(mine, other, returned), Selected(2**40, 0)]
    candidates = assignment.plan(county.manager, selected).candidates()
    assert {candidate.user: (candidate.possible, candidate.load) for candidate in candidates} == {
        county.section_reviewer: (1, 0),
        colleague: (1, 0),
        county.performance_reviewer: (1, 0),
    }
    result = assignment.assign(county.manager, selected, colleague)
    assert result.done == [mine]
    assert result.unknown == 1
    assert [item.reason for item in result.left_out] == [
        "不在审核中，不能分配。",
        f"{colleague} 不能审核「绩效」的这一版，请另选当前环节的审核人。",
    ]
    assert claims_of(colleague) == ["股室"]


def test_a_withdrawn_filing_is_named(county: County) -> None:
    filing = signed(county, "甲局")
    step(Action.WITHDRAW, filing, county.filler)
    planned = assignment.plan(county.manager, select(filing))
    assert [(item.filing, item.reason.split()[0]) for item in planned.left_out] == [
        (filing, "列出以后有改动：filler甲")
    ]
    assert planned.unknown == 0


def test_what_the_reviewer_has_already_is_not_recorded_again(county: County) -> None:
    filing = queued(county, "单位", reviewer=county.section_reviewer)
    result = assignment.assign(county.manager, select(filing), county.section_reviewer)
    assert result.done == [filing]
    assert not Event.objects.filter(action=Action.HAND_OVER).exists()


def test_the_plan_takes_as_many_queries_for_many_filings(
    county: County, colleague: User, django_assert_num_queries: object
) -> None:
    filings = [queued(county, f"单位{index}") for index in range(20)]
    with django_assert_num_queries(5):  # type: ignore[operator]
        assignment.plan(county.manager, select(*filings)).candidates()
