"""Score sheets read from JSON, and the grade of a total."""

from decimal import Decimal
from typing import Any

import pytest

from filings.choices import Grade
from filings.policy.errors import PolicyError
from filings.policy.policy import seed
from filings.policy.score_sheet import Deduction, ScoreSheet


@pytest.fixture
def data() -> dict[str, Any]:
    sheet: dict[str, Any] = seed()["score_sheet"]
    return sheet


def test_the_seed_has_a_hundred_points_and_is_not_verified(data: dict[str, Any]) -> None:
    sheet = ScoreSheet.from_json(data)
    assert [(section.label, int(section.points)) for section in sheet.sections] == [
        ("完整性", 20),
        ("相关性", 30),
        ("适当性", 30),
        ("可行性", 20),
    ]
    assert sheet.points == 100
    assert not sheet.verified


def test_a_sheet_is_the_same_after_a_round_trip(data: dict[str, Any]) -> None:
    sheet = ScoreSheet.from_json(data)
    assert ScoreSheet.from_json(sheet.to_json()) == sheet


@pytest.mark.parametrize(
    ("total", "grade"),
    [("100", "excellent"), ("90", "excellent"), ("89.99", "good"), ("80", "good"), ("60", "fair"), ("59.99", "poor")],
)
def test_a_grade_begins_at_its_limit(data: dict[str, Any], total: str, grade: str) -> None:
    assert ScoreSheet.from_json(data).grade_of(Decimal(total)) is Grade(grade)


def test_missing_deductions_are_the_usual_ones(data: dict[str, Any]) -> None:
    del data["deductions"]
    assert ScoreSheet.from_json(data).deductions[Deduction.ERROR] == 50


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"limits": [["excellent", "80"], ["good", "90"]]}, "等级的分数线须从高到低，各不相同。"),
        ({"limits": [["excellent", "优"]]}, "「优」不是分数。"),
        ({"sections": []}, "审核表的每个评分项都要有大于 0 的分值。"),
        ({"deductions": {"error": "101"}}, "每项核对结果的扣分比例须在 0 到 100 之间。"),
        ({"deductions": {"error": "NaN"}}, "「NaN」不是分数。"),
    ],
)
def test_invalid_data_are_refused(data: dict[str, Any], change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        ScoreSheet.from_json({**data, **change})
    assert str(refusal.value) == sentence


def test_an_item_is_listed_once(data: dict[str, Any]) -> None:
    data["sections"][1]["items"][0]["key"] = data["sections"][0]["items"][0]["key"]
    with pytest.raises(PolicyError, match="代码相同"):
        ScoreSheet.from_json(data)
