"""What an approval leaves open is refused, asks for a reason or is allowed, as the policy of the cycle decides."""

from dataclasses import replace
from typing import Any

import pytest

from filings.checks.assessment import assess_revision
from filings.choices import Action, Grade, Handling, RemarkState, Stage, Status
from filings.errors import NeedsReason, StepRefused
from filings.lifecycle import events, workflow
from filings.lifecycle.open_points import OpenPoint, OpenPointKind, open_points
from filings.models import Event, Filing, Remark, Review
from filings.reviewing.new_remark import NewRemark
from filings.tests.county import County, answer_remarks, fixed_bytes, found_county, step, submit_unexplained

pytestmark = pytest.mark.django_db

KINDS = ("open_remarks", "low_grade", "unexplained")
TYPED = NewRemark("goals[0]", "口径请写清。")
INTERNAL = NewRemark("goals[0]", "下次再看。", internal=True)


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


def set_policy(county: County, **handling: Handling) -> None:
    county.cycle.policy |= {kind: value.value for kind, value in handling.items()}
    county.cycle.save()


def approve(filing: Filing, county: County, **entered: Any) -> Filing:
    return workflow.perform(
        Action.APPROVE_STAGE,
        filing,
        by=county.performance_reviewer,
        expected_lock=filing.lock,
        printer=fixed_bytes,
        **entered,
    )


def returned_and_signed_again(county: County) -> Filing:
    """Return with one remark for the department and one inside the bureau, and submit again."""
    filing = county.in_review()
    workflow.perform(
        Action.RETURN,
        filing,
        by=county.performance_reviewer,
        expected_lock=filing.lock,
        remarks=[TYPED, INTERNAL],
    )
    answer_remarks(filing, county.filler)
    return step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)


def with_unexplained_warning(county: County) -> Filing:
    """Submit a table whose project expenditure has no cost indicator."""
    filing = county.filled()
    filing.amounts.filter(line="EXP.BASIC").update(raw="60", fen=60_000_000)
    filing.amounts.create(line="EXP.PROJECT", raw="40", fen=40_000_000)
    return step(Action.SIGN, submit_unexplained(filing, county.filler), county.head)


def test_a_clean_approval_leaves_nothing_open(county: County) -> None:
    filing = county.in_review()
    set_policy(county, **dict.fromkeys(KINDS, Handling.REFUSE))
    assert approve(filing, county, grade=Grade.GOOD, remarks=[INTERNAL]).status == Status.APPROVED


@pytest.mark.parametrize("grade", [Grade.FAIR, Grade.POOR])
def test_a_low_grade(county: County, grade: Grade) -> None:
    filing = county.in_review()
    sentence = {Grade.FAIR: "等级为「中」。", Grade.POOR: "等级为「差」。"}[grade]
    assert_handled(county, filing, OpenPointKind.LOW_GRADE, (sentence,), grade=grade)


def test_a_remark_typed_with_the_approval(county: County) -> None:
    filing = county.in_review()
    sentence = "本次写的意见「口径请写清。」，通过后单位不再修改。"
    assert_handled(county, filing, OpenPointKind.OPEN_REMARKS, (sentence,), remarks=[TYPED, INTERNAL])


@pytest.mark.parametrize(
    ("state", "label"),
    [
        (RemarkState.OPEN, "待改"),
        (RemarkState.CHANGED, "已改"),
        (RemarkState.DECLINED, "不改，说明"),
    ],
)
def test_an_earlier_remark_that_is_not_accepted(county: County, state: RemarkState, label: str) -> None:
    filing = returned_and_signed_again(county)
    Remark.objects.filter(internal=False).update(state=state)
    sentence = f"第 1 轮的意见「口径请写清。」（{label}）尚未认可。"
    assert_handled(county, filing, OpenPointKind.OPEN_REMARKS, (sentence,))


def test_an_earlier_remark_that_is_settled_as_disputed_stays_open(county: County) -> None:
    filing = returned_and_signed_again(county)
    remark = Remark.objects.get(internal=False)
    sentence = "第 1 轮的意见「口径请写清。」（不改，说明）尚未认可。"
    settled = {remark.pk: RemarkState.DISPUTED}
    assert_handled(county, filing, OpenPointKind.OPEN_REMARKS, (sentence,), settled=settled)


def test_an_accepted_remark_is_settled_by_the_approval_or_before(county: County) -> None:
    filing = returned_and_signed_again(county)
    remark = Remark.objects.get(internal=False)
    assert open_points(filing, assess(filing), settled={remark.pk: RemarkState.ACCEPTED}) == []
    remark.state = RemarkState.ACCEPTED
    remark.save()
    assert open_points(filing, assess(filing)) == []


def test_a_warning_without_its_explanation(county: County) -> None:
    filing = with_unexplained_warning(county)
    (point,) = open_points(filing, assess(filing))
    assert point.sentence.startswith("提醒 K2 须说明而没有说明：项目支出 40.00 万元")
    assert_handled(county, filing, OpenPointKind.UNEXPLAINED, (point.sentence,))


def test_several_points_are_listed_together_and_a_refusal_comes_first(county: County) -> None:
    filing = returned_and_signed_again(county)
    with pytest.raises(NeedsReason) as asked:
        approve(filing, county, grade=Grade.POOR, remarks=[TYPED])
    assert [point[:4] for point in asked.value.points] == ["第 1 ", "本次写的", "等级为「"]
    assert asked.value.reason.startswith("尚有 3 项未办结：第 1 轮的意见")
    assert asked.value.reason.endswith("确需通过的，请写明理由。")
    set_policy(county, low_grade=Handling.REFUSE)
    with pytest.raises(StepRefused) as refused:
        approve(filing, county, grade=Grade.POOR, remarks=[TYPED], exception_reason="急用。")
    assert refused.value.reason == (
        "按本批次的审核办法不能通过：等级为「差」。请退回填报单位修改，或先认可已改好的意见。"
    )


def test_a_return_asks_for_nothing(county: County) -> None:
    filing = county.in_review()
    set_policy(county, **dict.fromkeys(KINDS, Handling.REFUSE))
    filing = step(Action.RETURN, filing, county.performance_reviewer, remarks=(("goals[0]", "请改。"),))
    assert filing.status == Status.RETURNED


def assess(filing: Filing) -> Any:
    return assess_revision(filing.revisions.latest("number"))


def assert_handled(
    county: County, filing: Filing, kind: OpenPointKind, sentences: tuple[str, ...], **entered: Any
) -> None:
    """Assert the listing, and that each handling of the policy has its effect on the approval."""
    entries = {name: value for name, value in entered.items() if name != "exception_reason"}
    expected = [OpenPoint(kind, sentence, Handling.REASON) for sentence in sentences]
    points = open_points(filing, assess(filing), **entries)
    assert [replace(point, remark=None) for point in points] == expected
    with pytest.raises(NeedsReason) as asked:
        approve(filing, county, **entered, exception_reason=" \x00")
    assert asked.value.points == sentences
    set_policy(county, **{kind.value: Handling.REFUSE})
    with pytest.raises(StepRefused, match="按本批次的审核办法不能通过：") as refused:
        approve(filing, county, **entered, exception_reason="已电话核实。")
    assert not isinstance(refused.value, NeedsReason)
    assert not Review.objects.filter(decision=Action.APPROVE_STAGE).exists()
    set_policy(county, **{kind.value: Handling.REASON})
    assert approve(filing, county, **entered, exception_reason="已电话核实。").status == Status.APPROVED
    assert Review.objects.latest("id").exception_reason == "已电话核实。"
    assert events.detail(Event.objects.latest("id"))["exception_reason"] == "已电话核实。"


@pytest.mark.parametrize("kind", KINDS)
def test_a_policy_that_allows_asks_for_nothing(county: County, kind: str) -> None:
    set_policy(county, **{kind: Handling.ALLOW})
    filing = with_unexplained_warning(county) if kind == "unexplained" else returned_and_signed_again(county)
    if kind == "low_grade":
        Remark.objects.update(state=RemarkState.ACCEPTED)
    grade = Grade.POOR if kind == "low_grade" else None
    assert approve(filing, county, grade=grade).status == Status.APPROVED
