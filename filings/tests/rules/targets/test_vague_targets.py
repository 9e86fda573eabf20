"""Vague targets."""

import pytest

from filings.document.content import IndicatorRow
from filings.rules.rows import ParsedIndicator
from filings.rules.targets.vague_targets import is_vague, vague_words


def row(canonical: str, target: str) -> ParsedIndicator:
    return ParsedIndicator(IndicatorRow("a", None, "", "", "甲", target), canonical, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("予以保障", ("予以保障",)),
        ("持续推进，效果良好", ("持续推进", "良好")),
        ("进一步提高", ("进一步提高",)),
        ("持 续 推 进", ("持续推进",)),
        ("≥90%", ()),
        ("", ()),
    ],
)
def test_vague_words_are_in_the_order_of_the_text(text: str, words: tuple[str, ...]) -> None:
    assert vague_words(text) == words


@pytest.mark.parametrize("target", ["予以保障", "持续推进", "是", "高", "优良"])
def test_phrases_are_vague(target: str) -> None:
    assert is_vague(row("BEN.SOC", target))


@pytest.mark.parametrize("target", ["≥90%", "", "待定", "全覆盖", "零事故", "每月1次", "2022年底前", "一百元"])
def test_measurable_targets_are_not_vague(target: str) -> None:
    assert not is_vague(row("BEN.SOC", target))


@pytest.mark.parametrize("target", ["年度内及时完成", "按时", "全年", "每季度"])
def test_a_time_is_vague_only_outside_timeliness(target: str) -> None:
    assert not is_vague(row("OUT.TIME", target))
    assert is_vague(row("BEN.SOC", target))
