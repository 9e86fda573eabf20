"""A returned table is resubmitted only when every remark has a change or an answer."""

import pytest

from filings.choices import Action, Status
from filings.drafts.remark_answers import answer
from filings.errors import NotAnswered, StepRefused
from filings.models import Filing
from filings.reviewing.new_remark import NewRemark
from filings.reviewing.remarks import asked
from filings.tests.county import County, step
from filings.tests.reviewing.returns import decide, resubmitted, returned, reviewed_by_performance

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return reviewed_by_performance()


def refused(county: County, filing: Filing) -> NotAnswered:
    with pytest.raises(NotAnswered) as refusal:
        step(Action.SUBMIT, filing, county.filler)
    assert Filing.objects.get().status == Status.RETURNED
    return refusal.value


def test_an_unchanged_and_unanswered_table_is_refused_with_the_rows(county: County) -> None:
    filing = returned(county, "indicators[i0].target", "amounts[TOTAL]", "duties[d1].text")
    refusal = refused(county, filing)
    assert refusal.reason == (
        "退回意见尚有 3 条未办理：「接收档案」、「资金总额」、「（一）负责全县档案的收集和保管。」。"
        "请逐条修改，或者写明不改的理由，再提交。"
    )
    assert [remark.place for remark in refusal.remarks] == [
        "indicators[i0].target",
        "amounts[TOTAL]",
        "duties[d1].text",
    ]


def test_one_answer_and_one_change_are_enough_for_two_remarks(county: County) -> None:
    filing = returned(county, "indicators[i0].target", "goals[0]")
    answer(filing, {asked(filing)[1].pk: "不改，按三定方案填写。"}, by=county.filler)
    assert [remark.place for remark in refused(county, filing).remarks] == ["indicators[i0].target"]
    filing.indicators.filter(key="i0").update(target="≥600卷")
    assert step(Action.SUBMIT, filing, county.filler).status == Status.SIGNING


def test_an_answer_that_the_letter_cannot_print_is_refused_at_submission(county: County) -> None:
    filing = returned(county, "goals[0]")
    answer(filing, {asked(filing)[0].pk: "不改，按规划😀。"}, by=county.filler)
    with pytest.raises(StepRefused, match=r"^对意见「请改goals\[0\]」的说明有 1 个字符无法打印：「😀」"):
        step(Action.SUBMIT, filing, county.filler)
    assert Filing.objects.get().status == Status.RETURNED


def test_internal_remarks_demand_nothing(county: County) -> None:
    remarks = [NewRemark("goals[0]", "太笼统"), NewRemark("indicators[i0]", "去年也这样", internal=True)]
    filing = decide(county, county.in_review(), remarks=remarks)
    filing.texts.filter(place="goals[0]").update(raw="管好县档案，服务全县。")
    assert step(Action.SUBMIT, filing, county.filler).status == Status.SIGNING


def test_a_second_return_demands_its_own_remarks_only(county: County) -> None:
    filing = returned(county, "goals[0]")
    answer(filing, {asked(filing)[0].pk: "不改，按规划填写。"}, by=county.filler)
    filing = decide(county, resubmitted(county, filing), remarks=[NewRemark("amounts[TOTAL]", "请核对")])
    assert [remark.place for remark in refused(county, filing).remarks] == ["amounts[TOTAL]"]


def test_a_return_for_a_general_reason_demands_a_change_or_an_answer(county: County) -> None:
    filing = decide(county, county.in_review(), reason="指标值普遍偏低。")
    assert "「全表」" in refused(county, filing).reason
    answer(filing, {asked(filing)[0].pk: "不改，已与股室商定。"}, by=county.filler)
    assert step(Action.SUBMIT, filing, county.filler).status == Status.SIGNING


def test_a_table_sent_back_by_the_head_still_demands_them(county: County) -> None:
    filing = returned(county, "goals[0]")
    filing.texts.filter(place="goals[0]").update(raw="管好县档案，服务全县。")
    filing = step(Action.SEND_BACK, step(Action.SUBMIT, filing, county.filler), county.head, reason="再看看")
    filing.texts.filter(place="goals[0]").update(raw="保障单位运转，管好县档案。")
    assert [remark.place for remark in refused(county, filing).remarks] == ["goals[0]"]


def test_a_change_of_a_row_that_was_not_reopened_is_refused_with_the_row(county: County) -> None:
    filing = returned(county, "indicators[i0].target")
    filing.indicators.filter(key="i0").update(target="≥600卷")
    filing.indicators.filter(key="i1").update(target="≥1人次")
    filing.texts.filter(place="goals[0]").update(raw="管好县档案。")
    with pytest.raises(StepRefused) as refusal:
        step(Action.SUBMIT, filing, county.filler)
    assert refusal.value.reason == (
        "没有被退回的行有改动：「整体绩效目标」、「查阅人次」。"
        "请改回退回时的内容再提交；需要改的，请与审核人联系退回全表。"
    )
    filing.indicators.filter(key="i1").update(target="≥300人次")
    filing.texts.filter(place="goals[0]").update(raw="保障单位运转，管好县档案。")
    assert step(Action.SUBMIT, filing, county.filler).status == Status.SIGNING


def test_a_removed_row_that_was_not_reopened_is_refused_by_its_name(county: County) -> None:
    filing = returned(county, "nodes[BEN.SOC]", "indicators[i0]")
    filing.duties.filter(key="d1").update(rank="")
    filing.duties.create(key="d9", rank="3", raw="（一）别的职责。")
    with pytest.raises(
        StepRefused, match="没有被退回的行有改动：「（一）负责全县档案的收集和保管。」、「（一）别的职责。」。"
    ):
        step(Action.SUBMIT, filing, county.filler)
