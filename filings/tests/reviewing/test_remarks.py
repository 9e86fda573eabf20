"""Remarks over the rounds: threads, visibility, what awaits the department, and what a resubmission leaves."""

import pytest

from filings import drafts
from filings.choices import Action, RemarkState
from filings.drafts.remark_answers import answer
from filings.errors import NeedsReason, StepRefused
from filings.models import Filing, Remark
from filings.reviewing.new_remark import NewRemark
from filings.reviewing.remarks import asked, awaiting, threads, unanswered
from filings.tests.county import County, answer_remarks, step
from filings.tests.reviewing.returns import decide, resubmitted, returned, reviewed_by_performance, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return reviewed_by_performance()


def places(remarks: list[Remark]) -> list[str]:
    return [remark.place for remark in remarks]


def still_unanswered(filing: Filing) -> list[str]:
    return places(unanswered(filing, drafts.document(filing)))


def test_internal_remarks_ask_the_department_for_nothing(county: County) -> None:
    remarks = [NewRemark("goals[0]", "太笼统"), NewRemark("indicators[i0]", "去年也这样", internal=True)]
    filing = decide(county, county.in_review(), remarks=remarks)
    everything, visible = ["goals[0]", "indicators[i0]"], ["goals[0]"]
    assert places(asked(filing)) == places(awaiting(filing)) == visible
    assert [str(place) for place in threads(filing, internal=False)] == visible
    assert [str(place) for place in threads(filing, internal=True)] == everything


def test_a_changed_or_removed_row_needs_no_answer(county: County) -> None:
    filing = returned(county, "indicators[i0]", "indicators[i1].target", "duties[d1].text", "amounts[TOTAL]")
    assert len(still_unanswered(filing)) == 4
    filing.indicators.filter(key="i0").update(rank="")
    filing.indicators.filter(key="i1").update(name="查档人次")
    assert still_unanswered(filing) == ["duties[d1].text", "amounts[TOTAL]"]
    filing.duties.filter(key="d1").update(raw="（二）负责全县档案的收集和保管。")
    assert still_unanswered(filing) == ["duties[d1].text", "amounts[TOTAL]"], "a numeral is no content"
    filing.amounts.filter(line="TOTAL").update(raw="101", fen=101_000_000)
    assert still_unanswered(filing) == ["duties[d1].text"]


def test_the_same_content_written_otherwise_has_not_changed(county: County) -> None:
    remarked = ["indicators[i0]", "duties[d1].text", "goals[0]", "amounts[TOTAL]"]
    filing = returned(county, *remarked)
    target, duty = filing.indicators.get(key="i0").target, filing.duties.get(key="d1").raw
    filing.indicators.filter(key="i0").update(target=f" {target[0]} {target[1:]}")
    filing.duties.filter(key="d1").update(raw=f"{duty[:6]} {duty[6:]}")
    filing.amounts.filter(line="TOTAL").update(raw="100.00万元")
    assert still_unanswered(filing) == remarked


def test_a_class_has_changed_with_any_of_its_rows(county: County) -> None:
    filing = returned(county, "nodes[OUT]", "nodes[BEN.SOC]")
    filing.indicators.filter(key="i0").update(target="≥600卷")
    assert still_unanswered(filing) == ["nodes[BEN.SOC]"]


def test_an_answer_counts_but_a_claimed_change_does_not(county: County) -> None:
    filing = returned(county, "goals[0]", "indicators[i0]")
    first, second = asked(filing)
    Remark.objects.filter(pk=first.pk).update(state=RemarkState.DECLINED, answer="按规划填写。")
    Remark.objects.filter(pk=second.pk).update(state=RemarkState.CHANGED, answer="已改。")
    assert still_unanswered(filing) == ["indicators[i0]"]
    Remark.objects.filter(pk=first.pk).update(answer=" ")
    assert still_unanswered(filing) == ["goals[0]", "indicators[i0]"]


def test_a_submission_concludes_the_remarks_of_the_return(county: County) -> None:
    filing = returned(county, "goals[0]", "indicators[i0]")
    filing.indicators.filter(key="i0").update(target="≥600卷")
    answer(filing, {asked(filing)[0].pk: "按规划填写。"}, by=county.filler)
    filing = resubmitted(county, filing)
    assert states(filing) == [(1, "goals[0]", RemarkState.DECLINED), (1, "indicators[i0]", RemarkState.CHANGED)]
    assert awaiting(filing) == []


def test_a_disputed_remark_is_asked_again_in_the_next_round_with_its_own_answer(county: County) -> None:
    filing = returned(county, "goals[0]", "indicators[i0]")
    goal, row = asked(filing)
    answer(filing, {goal.pk: "按规划填写。", row.pk: "去年也是五百卷。"}, by=county.filler)
    filing = resubmitted(county, filing)
    settled = {goal.pk: RemarkState.ACCEPTED, row.pk: RemarkState.DISPUTED}
    filing = decide(county, filing, settled=settled)
    assert (filing.status, filing.round) == ("returned", 3)
    assert states(filing) == [
        (1, "goals[0]", RemarkState.ACCEPTED),
        (1, "indicators[i0]", RemarkState.DISPUTED),
        (2, "indicators[i0]", RemarkState.OPEN),
    ]
    (again,) = asked(filing)
    assert (again.text, again.answer) == ("请改indicators[i0]", "")
    row.refresh_from_db()
    assert (row.answer, row.settled_by_name) == ("去年也是五百卷。", "performance_reviewer甲")
    (thread,) = (remarks for place, remarks in threads(filing, internal=False).items() if place.key == "i0")
    assert [remark.round for remark in thread] == [1, 2]


def test_an_internal_remark_on_the_same_row_does_not_replace_a_disputed_one(county: County) -> None:
    filing = answer_remarks(returned(county, "indicators[i0].target"), county.filler)
    (remark,) = asked(filing)
    filing = decide(
        county,
        resubmitted(county, filing),
        settled={remark.pk: RemarkState.DISPUTED},
        remarks=[NewRemark("indicators[i0].name", "去年也这样", internal=True)],
    )
    assert [(remark.place, remark.text) for remark in asked(filing)] == [(remark.place, remark.text)]


def test_a_disputed_remark_hinders_an_approval_only_through_its_repetition(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    settled = {remark.pk: RemarkState.DISPUTED for remark in asked(filing)}
    filing = decide(county, resubmitted(county, answer_remarks(filing, county.filler)), settled=settled)
    filing = resubmitted(county, answer_remarks(filing, county.filler))
    with pytest.raises(NeedsReason):
        decide(county, filing, Action.APPROVE_STAGE)
    settled = {remark.pk: RemarkState.ACCEPTED for remark in asked(filing)}
    assert decide(county, filing, Action.APPROVE_STAGE, settled=settled).status == "approved"


def test_a_new_remark_on_the_row_replaces_the_repetition(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    (row,) = asked(filing)
    answer(filing, {row.pk: "去年也是五百卷。"}, by=county.filler)
    filing = resubmitted(county, filing)
    remarks = [NewRemark("indicators[i0].target", "请按六百卷填写。")]
    filing = decide(county, filing, settled={row.pk: RemarkState.DISPUTED}, remarks=remarks)
    assert [remark.text for remark in asked(filing)] == ["请按六百卷填写。"]


def test_only_answered_remarks_of_the_filing_are_settled(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    (row,) = asked(filing)
    filing.indicators.filter(key="i0").update(target="≥600卷")
    filing = resubmitted(county, filing)
    with pytest.raises(StepRefused, match="不在这份申报表中"):
        decide(county, filing, settled={row.pk + 1000: RemarkState.ACCEPTED}, reason="改")
    with pytest.raises(StepRefused, match="现在是「已改」，不能认定为「待改」"):
        decide(county, filing, settled={row.pk: RemarkState.OPEN}, reason="改")
    decide(county, filing, settled={row.pk: RemarkState.ACCEPTED}, reason="改")
    with pytest.raises(StepRefused):
        decide(county, filing, settled={row.pk: RemarkState.DISPUTED}, reason="改")
    assert states(filing)[0] == (1, "indicators[i0]", RemarkState.ACCEPTED)


def test_a_reason_alone_is_a_remark_on_the_whole_table(county: County) -> None:
    internal = NewRemark("goals[0]", "去年也这样", internal=True)
    filing = decide(county, county.in_review(), reason="指标值普遍偏低。", remarks=[internal])
    assert [(remark.place, remark.text) for remark in asked(filing)] == [("table", "指标值普遍偏低。")]
    assert still_unanswered(filing) == ["table"]
    filing.indicators.filter(key="i0").update(target="≥600卷")
    assert still_unanswered(filing) == []


def test_internal_remarks_alone_give_the_department_no_reason(county: County) -> None:
    with pytest.raises(StepRefused, match="请写明原因"):
        decide(county, county.in_review(), remarks=[NewRemark("goals[0]", "去年也这样", internal=True)])


def test_a_withdrawn_submission_is_compared_with_the_returned_revision(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    filing.indicators.filter(key="i0").update(target="≥600卷")
    filing = step(Action.WITHDRAW, step(Action.SUBMIT, filing, county.filler), county.filler)
    assert still_unanswered(filing) == []
    filing.indicators.filter(key="i0").update(target="≥500卷")
    assert still_unanswered(filing) == ["indicators[i0]"]
