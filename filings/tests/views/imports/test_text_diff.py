"""Trimming the common start of two long texts."""

import pytest

from filings.views.imports.text_diff import trim_common_start

SAME = "负责全县档案的收集、整理、保管和利用。" * 10


@pytest.mark.parametrize(
    ("now", "then"), [("", "目标"), ("甲目标", "乙目标"), (SAME, ""), (SAME[:100] + "甲", SAME[:100] + "乙")]
)
def test_texts_with_a_short_common_start_are_whole(now: str, then: str) -> None:
    assert trim_common_start(now, then) == (now, then)


def test_a_long_common_start_is_trimmed() -> None:
    assert trim_common_start(f"{SAME}甲以后", f"{SAME}乙") == (f"…{SAME[-20:]}甲以后", f"…{SAME[-20:]}乙")
    assert trim_common_start(SAME, f"{SAME}乙") == (f"…{SAME[-20:]}", f"…{SAME[-20:]}乙")
