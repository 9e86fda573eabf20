"""Pinyin initials of names."""

import pytest

from filings.document import initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("重点项目完成率", "zdxmwcl"),
        ("重复投诉率", "cftsl"),
        ("银行贷款", "yhdk"),
        ("行业覆盖率", "hyfgl"),
        ("税收增长率", "sszzl"),
        ("长期影响", "cqyx"),
        ("参会人数", "chrs"),
        ("会计培训A班2024", "kjpxab2024"),
        ("“三公”经费（万元）", "sgjfwy"),
        ("ＡＰＰ　安装量", "appazl"),
        ("", ""),
        ("—、！", ""),
    ],
)
def test_initials_are_the_first_letters_of_the_usual_reading(name: str, expected: str) -> None:
    assert initials.initials_of(name) == expected


def test_initials_are_cut_at_the_maximum_length() -> None:
    assert initials.initials_of("档" * 500) == "d" * 200


def test_the_whole_pinyin_has_neither_tones_nor_spaces() -> None:
    assert initials.pinyin_of("县教育局（本级）") == "xianjiaoyujubenji"
    assert len(initials.pinyin_of("教" * 100)) == initials.LONGEST
