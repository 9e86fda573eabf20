"""Characters put together to lines, and lines that only their box has cut; each character is ten points square."""

import pytest

from filings.formats.readers.pdf.characters import (
    Letter,
    TextLine,
    lines,
    paragraphs,
    warning,
)


def letters(text: str, left: float, base: float) -> list[Letter]:
    return [
        Letter(character, left + at * 10, left + at * 10 + 10, base - 8, base + 2, base, 10)
        for at, character in enumerate(text)
    ]


def line(text: str, left: float, base: float = 10) -> TextLine:
    return TextLine(tuple(letters(text, left, base)))


def test_characters_are_a_line_from_left_to_right_be_one_a_little_higher() -> None:
    scattered = [*letters("丙", 4, 30), *letters("乙", 14, 12), *letters("甲", 4, 10)]
    assert [found.text for found in lines(scattered)] == ["甲乙", "丙"]


def test_a_gap_of_half_a_character_is_a_blank_and_blanks_at_the_ends_are_none() -> None:
    assert [found.text for found in lines([*letters(" 甲", 0, 10), *letters("乙 ", 26, 10)])] == ["甲 乙"]
    assert [found.text for found in lines([*letters("甲", 0, 10), *letters("乙", 14, 10)])] == ["甲乙"]
    assert lines(letters("  ", 0, 10)) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # A box of 100 points with 5 on either side has room for nine characters.
        (line("甲甲甲甲甲甲甲甲甲", 5), line("乙", 5), "甲甲甲甲甲甲甲甲甲乙"),
        (line("甲甲甲甲甲甲甲", 5), line("乙", 5), "甲甲甲甲甲甲甲\n乙"),
        (line("甲甲甲甲甲甲甲", 5), line("乙。丙", 5), "甲甲甲甲甲甲甲\n乙。丙"),
        (line("甲甲甲甲甲甲甲", 5), line("《乙。丙", 5), "甲甲甲甲甲甲甲《乙。丙"),
        (line("甲甲甲甲甲", 5), line("550.13万元", 5), "甲甲甲甲甲550.13万元"),
        (line("aaaaaaaaa", 5), line("b", 5), "aaaaaaaaa b"),
        (line("甲甲甲甲甲甲甲甲甲", 5), line("乙", 25), "甲甲甲甲甲甲甲甲甲\n乙"),
        # Centred, the room is on both sides.
        (line("甲甲甲甲甲甲甲", 15), line("乙", 45), "甲甲甲甲甲甲甲\n乙"),
        (line("甲甲甲甲甲甲甲甲", 10), line("乙", 45), "甲甲甲甲甲甲甲甲乙"),
    ],
)
def test_a_line_goes_on_where_what_comes_next_had_no_room(first: TextLine, second: TextLine, expected: str) -> None:
    assert paragraphs([first, second], 0, 100) == expected


def test_where_a_line_nearly_reaches_the_edge_no_further_character_had_room() -> None:
    assert paragraphs([line("甲甲甲甲甲甲甲甲", 4), line("乙乙乙乙乙乙乙乙", 4), line("丙", 4)], 0, 100) == (
        "甲甲甲甲甲甲甲甲乙乙乙乙乙乙乙乙丙"
    )


def test_no_lines_are_no_text() -> None:
    assert paragraphs([], 0, 100) == ""


def test_characters_of_private_use_are_flagged() -> None:
    assert [bool(warning(text)) for text in ("甲(cid:1)", "\ue000", "\ufffd", "甲（cid）")] == [True, True, True, False]
