"""Long texts that begin alike are shown from where they part."""

import pytest

from filings.views.imports.text_diff import from_where_they_part

SAME = "负责全县档案的收集、整理、保管和利用。" * 10


@pytest.mark.parametrize(
    ("now", "then"), [("", "目标"), ("甲目标", "乙目标"), (SAME, ""), (SAME[:100] + "甲", SAME[:100] + "乙")]
)
def test_what_parts_soon_is_shown_whole(now: str, then: str) -> None:
    assert from_where_they_part(now, then) == (now, then)


def test_what_parts_late_is_shown_from_there() -> None:
    assert from_where_they_part(f"{SAME}甲以后", f"{SAME}乙") == (f"…{SAME[-20:]}甲以后", f"…{SAME[-20:]}乙")
    assert from_where_they_part(SAME, f"{SAME}乙") == (f"…{SAME[-20:]}", f"…{SAME[-20:]}乙")
