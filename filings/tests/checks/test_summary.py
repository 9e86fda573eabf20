"""Finding counts as one sentence."""

import pytest

from filings.checks.summary import counts_summary, progress_summary, submission_summary


@pytest.mark.parametrize(
    ("errors", "warnings", "advice", "asked", "explained", "sentence"),
    [
        (0, 0, 0, 0, 0, "可以提交：没有发现问题"),
        (0, 3, 0, 1, 1, "可以提交：0 项须改正，3 项提醒（1 项需说明，已说明 1 项）"),
        (0, 3, 0, 0, 0, "可以提交：0 项须改正，3 项提醒"),
        (0, 0, 2, 0, 0, "可以提交：0 项须改正，0 项提醒，2 项建议"),
        (2, 0, 0, 0, 0, "暂不能提交：2 项须改正"),
        (2, 3, 1, 0, 0, "暂不能提交：2 项须改正；另有 3 项提醒，1 项建议"),
        (0, 1, 0, 1, 0, "暂不能提交：1 项提醒尚未说明"),
        (0, 3, 0, 2, 1, "暂不能提交：1 项提醒尚未说明；另有 2 项提醒"),
        (2, 3, 1, 2, 0, "暂不能提交：2 项须改正，2 项提醒尚未说明；另有 1 项提醒，1 项建议"),
    ],
)
def test_a_table_can_be_submitted_if_nothing_stops_it(
    errors: int, warnings: int, advice: int, asked: int, explained: int, sentence: str
) -> None:
    counts = {"errors": errors, "warnings": warnings, "advice": advice, "asked": asked, "explained": explained}
    assert submission_summary(**counts) == sentence
    assert progress_summary(to_fill=0, **counts) == sentence


@pytest.mark.parametrize(
    ("errors", "warnings", "advice", "asked", "explained", "sentence"),
    [
        (0, 0, 0, 0, 0, "没有发现问题"),
        (0, 3, 0, 1, 0, "0 项须改正，3 项提醒（1 项需说明）"),
        (2, 3, 1, 2, 1, "2 项须改正，3 项提醒（2 项需说明，已说明 1 项），1 项建议"),
    ],
)
def test_the_counts_of_a_submitted_table(
    errors: int, warnings: int, advice: int, asked: int, explained: int, sentence: str
) -> None:
    counts = {"errors": errors, "warnings": warnings, "advice": advice, "asked": asked, "explained": explained}
    assert counts_summary(**counts) == sentence


@pytest.mark.parametrize(
    ("errors", "warnings", "sentence"),
    [
        (0, 0, "尚有 5 项待填"),
        (1, 0, "尚有 5 项待填，1 项须改正"),
        (0, 2, "尚有 5 项待填，2 项提醒"),
    ],
)
def test_what_is_still_to_be_filled_in_comes_before_the_counts(errors: int, warnings: int, sentence: str) -> None:
    assert progress_summary(to_fill=5, errors=errors, warnings=warnings, advice=0, asked=0, explained=0) == sentence


def test_unanswered_remarks_prevent_a_submission() -> None:
    counts = {"errors": 0, "warnings": 1, "advice": 0, "asked": 0, "explained": 0, "unanswered": 2}
    assert submission_summary(**counts) == "暂不能提交：2 条退回意见未办理；另有 1 项提醒"
    assert progress_summary(to_fill=0, **counts) == "暂不能提交：2 条退回意见未办理；另有 1 项提醒"
    assert progress_summary(to_fill=3, **counts) == "尚有 3 项待填，2 条退回意见未办理，1 项提醒"
