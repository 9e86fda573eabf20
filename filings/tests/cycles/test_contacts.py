"""Contact lines of a cycle: parsed as typed, refused with the line and the format."""

import pytest

from filings.cycles import contacts
from filings.cycles.contacts import Contact, ContactError


def test_lines_are_read_with_either_comma() -> None:
    typed = "刘洋，绩效股，0734-5220000，工作日 8:30—17:30\n\n 陈芳 , 行政政法股 , 转 8003 \n"
    parsed = contacts.parse(typed)
    first = Contact("刘洋", "绩效股", "0734-5220000", "工作日 8:30—17:30")
    assert parsed == (first, Contact("陈芳", "行政政法股", "转 8003"))
    assert contacts.parse("\n".join(map(str, parsed))) == parsed


def test_hours_may_contain_commas() -> None:
    assert contacts.parse("刘洋，绩效股，5220000，上午，下午")[0].hours == "上午，下午"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("刘洋，绩效股，5220000\n陈芳 8003", "第 2 行「陈芳 8003」不完整。"),
        ("刘洋，，5220000", "第 1 行「刘洋，，5220000」不完整。"),
        ("刘洋，绩效股，内线", "第 1 行的电话「内线」不是电话号码。"),
        ("长" * 101, "第 1 行有 101 字，最多 100 字。"),
        ("刘洋，绩效股，5220000\n" * 21, "联系方式最多 20 行，填写了 21 行。"),
    ],
)
def test_other_lines_are_refused_with_the_reason(typed: str, sentence: str) -> None:
    with pytest.raises(ContactError, match=f"^{sentence}"):
        contacts.parse(typed)
