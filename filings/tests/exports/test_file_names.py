"""Names of files in archives: placeholders, safe on Windows, without duplicates."""

import re

import pytest

from filings.errors import StepRefused
from filings.exports.file_names import CODE, DEFAULT_PATTERN, NAME, FileNames, checked_pattern
from filings.formats.file import safe_name


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ('县<档>案:"馆"/\\|?*', "县档案馆.pdf"),
        ("县档案馆. .", "县档案馆.pdf"),
        (" .县档案馆", "县档案馆.pdf"),
        ("县\x00档\x1f案\u202efdp.馆\u200b", "县档案fdp.馆.pdf"),
        ("CON", "_CON.pdf"),
        ("con.1", "_con.1.pdf"),
        ("Aux ", "_Aux.pdf"),
        ("aux .x", "_aux .x.pdf"),
        ("COM¹", "_COM¹.pdf"),
        ("LPT9", "_LPT9.pdf"),
        ("CONSOLE", "CONSOLE.pdf"),
        ("..", "table.pdf"),
        ("", "table.pdf"),
        ("长" * 64 + "a. 后", "长" * 64 + "a.pdf"),
        ("长" * 300, "长" * 65 + ".pdf"),
        ("a" + "长" * 300, "a" + "长" * 64 + ".pdf"),
        ("𠀀" * 300, "𠀀" * 48 + ".pdf"),
    ],
)
def test_names_are_safe_on_windows(stem: str, name: str) -> None:
    assert safe_name(stem, "pdf") == name


def test_placeholders_are_filled_in_once() -> None:
    names = FileNames("{编码}{名称}{年度}{版本}{别的}", "pdf")
    values = {"{编码}": "{名称}", "{名称}": "县档案馆", "{年度}": "2026", "{版本}": "第 1 版"}
    assert names.name(values) == "{名称}县档案馆2026第 1 版{别的}.pdf"


def test_names_that_windows_cannot_distinguish_are_numbered() -> None:
    names = FileNames("{名称}", "pdf")
    given = [names.name({NAME: name}) for name in ("Ab", "aB", "ab?", "ab（2）", "长" * 130, "长" * 140)]
    assert given == [
        "Ab.pdf",
        "aB（2）.pdf",
        "ab（3）.pdf",
        "ab（2）（2）.pdf",
        "长" * 65 + ".pdf",
        "长" * 62 + "（2）.pdf",
    ]


def test_a_blank_pattern_is_the_default() -> None:
    assert checked_pattern(" \n") == DEFAULT_PATTERN
    assert checked_pattern(f" {CODE}  {NAME} ") == "{编码} {名称}"


@pytest.mark.parametrize(("typed", "reason"), [("{姓名}", "{姓名} 无法识别"), ("名" * 101, "共 101 字")])
def test_an_unusable_pattern_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(StepRefused, match=re.escape(reason)):
        checked_pattern(typed)
