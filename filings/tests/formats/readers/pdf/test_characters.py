"""Characters are joined into lines, and wrapped lines into paragraphs; each character is ten points square."""

import pytest

from filings.formats.readers.pdf.characters import Character, TextLine, group_lines, join_paragraphs, warning


def characters(text: str, left: float, base: float) -> list[Character]:
    return [
        Character(character, left + index * 10, left + index * 10 + 10, base - 8, base + 2, base, 10)
        for index, character in enumerate(text)
    ]


def line(text: str, left: float, base: float = 10) -> TextLine:
    return TextLine(tuple(characters(text, left, base)))


def test_characters_with_nearly_the_same_baseline_are_a_line_from_left_to_right() -> None:
    scattered = [*characters("丙", 4, 30), *characters("乙", 14, 12), *characters("甲", 4, 10)]
    assert [group.text for group in group_lines(scattered)] == ["甲乙", "丙"]


def test_a_gap_of_half_a_character_is_a_space_and_spaces_at_the_ends_are_dropped() -> None:
    assert [group.text for group in group_lines([*characters(" 甲", 0, 10), *characters("乙 ", 26, 10)])] == ["甲 乙"]
    assert [group.text for group in group_lines([*characters("甲", 0, 10), *characters("乙", 14, 10)])] == ["甲乙"]
    assert group_lines(characters("  ", 0, 10)) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # A box of 100 points with a padding of 5 on both sides holds nine characters.
        (line("甲甲甲甲甲甲甲甲甲", 5), line("乙", 5), "甲甲甲甲甲甲甲甲甲乙"),
        (line("甲甲甲甲甲甲甲", 5), line("乙", 5), "甲甲甲甲甲甲甲\n乙"),
        (line("甲甲甲甲甲甲甲", 5), line("乙。丙", 5), "甲甲甲甲甲甲甲\n乙。丙"),
        (line("甲甲甲甲甲甲甲", 5), line("《乙。丙", 5), "甲甲甲甲甲甲甲《乙。丙"),
        (line("甲甲甲甲甲", 5), line("550.13万元", 5), "甲甲甲甲甲550.13万元"),
        (line("aaaaaaaaa", 5), line("b", 5), "aaaaaaaaa b"),
        (line("甲甲甲甲甲甲甲甲甲", 5), line("乙", 25), "甲甲甲甲甲甲甲甲甲\n乙"),
        # In centred lines, the free space is on both sides.
        (line("甲甲甲甲甲甲甲", 15), line("乙", 45), "甲甲甲甲甲甲甲\n乙"),
        (line("甲甲甲甲甲甲甲甲", 10), line("乙", 45), "甲甲甲甲甲甲甲甲乙"),
    ],
)
def test_a_line_continues_if_the_next_word_did_not_fit(first: TextLine, second: TextLine, expected: str) -> None:
    assert join_paragraphs([first, second], 0, 100) == expected


def test_a_line_that_nearly_reaches_the_edge_continues() -> None:
    assert join_paragraphs([line("甲甲甲甲甲甲甲甲", 4), line("乙乙乙乙乙乙乙乙", 4), line("丙", 4)], 0, 100) == (
        "甲甲甲甲甲甲甲甲乙乙乙乙乙乙乙乙丙"
    )


def test_no_lines_are_no_text() -> None:
    assert join_paragraphs([], 0, 100) == ""


def test_characters_of_private_use_are_flagged() -> None:
    assert [bool(warning(text)) for text in ("甲(cid:1)", "\ue000", "\ufffd", "甲（cid）")] == [True, True, True, False]
