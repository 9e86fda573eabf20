"""Partial reopening in the workflow: what a return reopens, and how long."""

import pytest

from filings.choices import Action, RemarkState, Stage
from filings.drafts.remark_answers import answer
from filings.models import Cycle
from filings.reviewing.new_remark import NewRemark
from filings.reviewing.remarks import asked
from filings.tests.county import County, answer_remarks, found_county, step
from filings.tests.reviewing.returns import decide, resubmitted, returned, reviewed_by_performance

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return reviewed_by_performance()


def test_a_return_reopens_the_remarked_rows(county: County) -> None:
    internal = NewRemark("goals[0]", "太笼统", internal=True)
    filing = decide(county, county.in_review(), remarks=[internal, NewRemark("indicators[i0].target", "偏低")])
    assert filing.reopened == ["indicators[i0]"]


def test_the_whole_table_is_reopened_by_choice_by_policy_and_without_remarks(county: County) -> None:
    remarks = [NewRemark("indicators[i0]", "偏低")]
    filing = decide(county, county.in_review(), remarks=remarks, whole_form=True)
    assert filing.reopened is None
    filing = decide(county, resubmitted(county, answer_remarks(filing, county.filler)), reason="普遍偏低")
    assert filing.reopened is None
    cycle = Cycle.objects.get()
    cycle.policy["partial_reopening"] = False
    cycle.save()
    filing = decide(county, resubmitted(county, answer_remarks(filing, county.filler)), remarks=remarks)
    assert filing.reopened is None


def test_a_disputed_remark_reopens_its_row_again(county: County) -> None:
    filing = returned(county, "indicators[i0]", "goals[0]")
    row, goal = asked(filing)
    answer(filing, {row.pk: "不改。", goal.pk: "不改。"}, by=county.filler)
    settled = {row.pk: RemarkState.DISPUTED, goal.pk: RemarkState.ACCEPTED}
    filing = decide(county, resubmitted(county, filing), settled=settled)
    assert filing.reopened == ["indicators[i0]"]


def test_remarks_of_an_earlier_stage_in_the_round_are_reopened_too() -> None:
    county = found_county((Stage.SUPERVISOR, Stage.PERFORMANCE))
    filing = step(
        Action.APPROVE_STAGE,
        county.in_review(),
        county.supervisor_reviewer,
        remarks=(("indicators[i1]", "请核对"),),
        exception_reason="由绩效股一并退回。",
    )
    filing = decide(county, filing, remarks=[NewRemark("indicators[i0]", "偏低")])
    assert filing.reopened == ["indicators[i0]", "indicators[i1]"]
    assert [remark.place for remark in asked(filing)] == ["indicators[i1]", "indicators[i0]"]


def test_a_return_for_a_general_reason_reopens_the_whole_table_in_spite_of_earlier_remarks() -> None:
    county = found_county((Stage.SUPERVISOR, Stage.PERFORMANCE))
    filing = step(
        Action.APPROVE_STAGE,
        county.in_review(),
        county.supervisor_reviewer,
        remarks=(("indicators[i1]", "请核对"),),
        exception_reason="由绩效股一并退回。",
    )
    filing = decide(county, filing, reason="目标普遍偏低。")
    assert filing.reopened is None
    assert [remark.place for remark in asked(filing)] == ["indicators[i1]", "table"]


def test_it_lasts_until_the_approval_and_an_adjustment_is_whole(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    filing = step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler)
    filing = step(Action.SEND_BACK, filing, county.head, reason="再看看")
    assert filing.reopened == ["indicators[i0]"]
    settled = {remark.pk: RemarkState.ACCEPTED for remark in asked(filing)}
    filing = decide(county, resubmitted(county, filing), Action.APPROVE_STAGE, settled=settled)
    assert filing.reopened is None
    assert step(Action.ADJUST, filing, county.filler, reason="追加预算").reopened is None
