"""Proposed points, entered points, averages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.checks.assessment import AssessedFinding
from filings.checks.context import GrantedWaiver
from filings.choices import Criterion, Grade, Severity
from filings.document.place import goal
from filings.errors import StepRefused
from filings.models import Review
from filings.policy.policy import ReviewPolicy, seed
from filings.reviewing.scoring.average import scored
from filings.reviewing.scoring.entries import complete, grade_for, total
from filings.reviewing.scoring.proposals import points_of, propose
from filings.rules.finding import RuleFinding

SHEET = ReviewPolicy.from_json(seed()).score_sheet
FULL = {item.key: item.points for item in SHEET.items}


def found(code: str, severity: Severity, *, explanation: str = "", waived: bool = False) -> AssessedFinding:
    finding = RuleFinding(code, severity, (goal(),), "…", {}, Criterion.COMPLETENESS, "")
    waiver = GrantedWaiver("甲", "绩效股", "可以") if waived else None
    return AssessedFinding(finding, explanation, waiver)


def everything(points: str = "") -> dict[str, dict[str, str]]:
    return {key: {"points": points or f"{full}", "note": ""} for key, full in FULL.items()}


def test_without_findings_every_item_has_full_points() -> None:
    assert points_of(propose(SHEET, [])) == FULL


@pytest.mark.parametrize(
    ("findings", "points"),
    [
        ([found("M7", Severity.ERROR)], "7.5"),
        ([found("M7", Severity.WARNING)], "12"),
        ([found("M7", Severity.WARNING, explanation="另有依据")], "13.5"),
        ([found("M7", Severity.ADVICE)], "15"),
        ([found("M7", Severity.ERROR, waived=True)], "15"),
        ([found("M7", Severity.WARNING), found("M3", Severity.WARNING)], "9"),
        ([found("M7", Severity.ERROR)] * 3, "0"),
    ],
)
def test_findings_lower_the_points_of_their_item_alone(findings: list[AssessedFinding], points: str) -> None:
    proposals = propose(SHEET, findings)
    assert points_of(proposals) == {**FULL, "indicators": Decimal(points)}


def test_the_evidence_names_only_what_lowered_the_points() -> None:
    lowering, waived = found("M7", Severity.WARNING), found("M3", Severity.ERROR, waived=True)
    assert propose(SHEET, [lowering, waived])["indicators"].evidence == (lowering,)


@given(st.lists(st.sampled_from([found(code, level) for code in ("T1", "M7", "B1") for level in Severity])))
def test_proposals_are_half_points_between_nothing_and_all(findings: list[AssessedFinding]) -> None:
    for proposal in propose(SHEET, findings).values():
        assert 0 <= proposal.points <= proposal.item.points
        assert proposal.points % Decimal("0.5") == 0


def test_nothing_entered_is_no_score() -> None:
    assert complete(SHEET, FULL, {"goal": {"points": " ", "note": "还没想好"}}) == {}


def test_what_is_stored_has_the_proposal_next_to_the_points() -> None:
    entered = everything() | {"goal": {"points": "9.50", "note": "目标偏笼统"}}
    stored = complete(SHEET, FULL, entered)
    assert stored["goal"] == {"points": "9.5", "note": "目标偏笼统", "proposed": "15"}
    assert total(stored) == Decimal("94.5")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"points": "", "note": ""}, "「目标相关」没有评分。"),
        ({"points": "十", "note": ""}, "「目标相关」的评分「十」不是分数，请填数字，最多 2 位小数。"),
        ({"points": "NaN", "note": ""}, "「目标相关」的评分「NaN」不是分数，请填数字，最多 2 位小数。"),
        ({"points": "9.555", "note": ""}, "「目标相关」的评分「9.555」不是分数，请填数字，最多 2 位小数。"),
        ({"points": "-1", "note": "x"}, "「目标相关」的评分 -1 不在 0 到 15 之间。"),
        ({"points": "15.1", "note": "x"}, "「目标相关」的评分 15.1 不在 0 到 15 之间。"),
        ({"points": "14", "note": " "}, "「目标相关」评 14 分，与建议的 15 分不同，请写说明。"),
    ],
)
def test_what_is_missing_or_wrong_is_named(typed: dict[str, str], sentence: str) -> None:
    with pytest.raises(StepRefused) as refusal:
        complete(SHEET, FULL, everything() | {"goal": typed})
    assert refusal.value.reason == f"评分尚未完成：{sentence}"


def test_the_grade_follows_the_total_and_must_not_contradict_it() -> None:
    scores = complete(SHEET, FULL, everything())
    assert grade_for(SHEET, scores, "") == Grade.EXCELLENT
    assert grade_for(SHEET, {}, "fair") == "fair"
    with pytest.raises(StepRefused, match="评分合计 100 分，应为「优」，等级却选了「中」"):
        grade_for(SHEET, scores, "fair")


def review(key: int, user: int, points: str) -> Review:
    return Review(pk=key, by_id=user, scores=complete(SHEET, dict.fromkeys(FULL, Decimal(points)), everything(points)))


def test_two_reviewers_are_averaged_and_only_the_last_score_of_each_counts() -> None:
    sheet = scored(SHEET, [review(3, 2, "8"), review(1, 1, "5"), review(2, 1, "7")])
    assert sheet is not None
    assert [each.pk for each in sheet.reviews] == [2, 3]
    assert sheet.total == Decimal("60.00")
    assert sheet.grade is Grade.FAIR
    assert sheet.sections[0].average == 15


def test_a_third_of_a_point_is_rounded_only_in_the_total() -> None:
    sheet = scored(SHEET, [review(1, 1, "7"), review(2, 2, "7"), review(3, 3, "8")])
    assert sheet is not None
    assert sheet.total == Decimal("58.67")


def test_without_scores_there_is_no_sheet() -> None:
    assert scored(SHEET, [Review(pk=1, by_id=1, scores={})]) is None
