"""Finding counts as one sentence."""

import pytest

from filings.checks.summary import counts_summary, submission_summary


@pytest.mark.parametrize(
    ("errors", "warnings", "advice", "asked", "explained", "sentence"),
    [
        (0, 0, 0, 0, 0, "可以提交：没有发现问题"),
        (0, 3, 0, 1, 0, "可以提交：0 项须改正，3 项提醒（1 项需说明）"),
        (0, 3, 0, 1, 1, "可以提交：0 项须改正，3 项提醒（1 项需说明，已说明 1 项）"),
        (0, 3, 0, 0, 0, "可以提交：0 项须改正，3 项提醒"),
        (0, 0, 2, 0, 0, "可以提交：0 项须改正，0 项提醒，2 项建议"),
        (2, 0, 0, 0, 0, "暂不能提交：2 项须改正，0 项提醒"),
        (2, 3, 1, 2, 1, "暂不能提交：2 项须改正，3 项提醒（2 项需说明，已说明 1 项），1 项建议"),
    ],
)
def test_counts_are_formatted_as_one_sentence(
    errors: int, warnings: int, advice: int, asked: int, explained: int, sentence: str
) -> None:
    counts = {"errors": errors, "warnings": warnings, "advice": advice, "asked": asked, "explained": explained}
    assert submission_summary(**counts) == sentence
    assert counts_summary(**counts) == sentence.partition("：")[2]
