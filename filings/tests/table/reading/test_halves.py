"""Of two halves of a goal, the year's is read."""

import pytest

from filings.document import place
from filings.table.reading.indicators import SAMPLE_TEXT
from filings.tests.table.cells import leftovers_of, reading_of

INDICATORS = [["", "一级指标", "二级指标", "三级指标", "指标值"], ["", "产出指标", "数量指标", "接收档案", "28卷"]]


@pytest.mark.parametrize(
    ("halves", "texts"),
    [
        (("中期目标（2022年—2024年）", "年度目标"), ("三年内全部完成。", "今年完成一半。")),
        (("年度目标", "全年完成情况"), ("今年完成一半。", "三年内全部完成。")),
    ],
)
def test_the_other_half_is_a_leftover(halves: tuple[str, str], texts: tuple[str, str]) -> None:
    reading = reading_of(["总体目标", *halves], ["", *texts], *INDICATORS)
    assert reading.document.goal == "今年完成一半。"
    assert "三年内全部完成。" in leftovers_of(reading)


def test_a_goal_below_none_of_the_halves_is_read() -> None:
    reading = reading_of(["总体目标", "中期目标", "年度目标"], ["", "", "", "今年完成一半。"], *INDICATORS)
    assert reading.document.goal == "今年完成一半。"


def test_cells_without_such_labels_are_all_read() -> None:
    reading = reading_of(["总体目标", "完成归档。", "加强利用。"], *INDICATORS)
    assert reading.document.goal == "完成归档。\n加强利用。"


@pytest.mark.parametrize(("label", "is_kept"), [("整体绩效目标", True), ("年度目标", False)])
def test_sample_goals_get_a_warning_or_are_left_out(label: str, is_kept: bool) -> None:
    reading = reading_of([label, "目标1：\n目标2：\n……"], *INDICATORS)
    assert bool(reading.document.goal) is is_kept
    assert (reading.warnings.get(place.goal()) == SAMPLE_TEXT) is is_kept
