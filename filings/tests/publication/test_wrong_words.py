"""The list of wrong words: lines are parsed, words added, changed and removed, and bad lines named."""

import pytest
from django.utils import timezone

from filings.errors import StepRefused
from filings.models import WrongWord
from filings.publication import wrong_words
from filings.publication.wrong_words import TypedWord, parse_lines
from filings.tests.county import County, found_county

NOW = timezone.now()


@pytest.fixture
def county(db: None) -> County:
    return found_county()


def listed() -> list[tuple[str, str, str]]:
    return list(WrongWord.objects.order_by("pk").values_list("word", "instead", "note"))


def test_lines_have_a_word_its_correction_and_a_note() -> None:
    assert parse_lines("按装=安装\n\n 帐号 ＝ 账号 ＝ 银行\n内部资料\n座谈\t坐谈\t常见\n") == [
        TypedWord("按装", "安装"),
        TypedWord("帐号", "账号", "银行"),
        TypedWord("内部资料"),
        TypedWord("座谈", "坐谈", "常见"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "没有可以增加的词"),
        ("按装=安装\n=安装", "第 2 行：请填写词语"),
        ("安装=安装", "第 1 行：「安装」与应改为的词相同"),
        ("错" * 61, "第 1 行：词语共 61 字，请缩短到 60 字以内"),
        (f"错=对={'注' * 201}", "第 1 行：说明共 201 字"),
    ],
)
def test_bad_lines_are_named(text: str, sentence: str) -> None:
    with pytest.raises(StepRefused, match=sentence):
        parse_lines(text)


def test_words_are_added_once_and_updated(county: County) -> None:
    assert wrong_words.add(parse_lines("按装=安装\n按装=安置"), by=county.manager, now=NOW) == 1
    wrong_words.add([TypedWord("按装", "安装", "常见")], by=county.manager, now=NOW)
    assert listed() == [("按装", "安装", "常见")]
    assert WrongWord.objects.get().by_name == "manager甲"


def test_a_word_is_changed_and_removed(county: County) -> None:
    wrong_words.add(parse_lines("按装=安装\n帐号=账号"), by=county.manager, now=NOW)
    first, second = WrongWord.objects.order_by("pk")
    wrong_words.change(first.pk, TypedWord("按 装", "安装"), by=county.manager, now=NOW)
    with pytest.raises(StepRefused, match="「帐号」已在列表中"):
        wrong_words.change(first.pk, TypedWord("帐号"), by=county.manager, now=NOW)
    wrong_words.remove(second.pk)
    wrong_words.remove(second.pk)
    with pytest.raises(StepRefused, match="已被他人删去"):
        wrong_words.change(second.pk, TypedWord("帐号"), by=county.manager, now=NOW)
    assert listed() == [("按 装", "安装", "")]


def test_the_list_is_limited(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrong_words, "MOST_WORDS", 2)
    wrong_words.add(parse_lines("一=二"), by=county.manager, now=NOW)
    with pytest.raises(StepRefused, match="最多 2 个，现有 1 个，这次 2 个"):
        wrong_words.add(parse_lines("三=四\n五=六"), by=county.manager, now=NOW)
