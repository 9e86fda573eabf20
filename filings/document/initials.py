"""Pinyin of names, for searching without an input method: 重点项目完成率 is zdxmwcl."""

import re

from filings.document.text import symbols

LONGEST = 200
_OTHER = re.compile(r"[^a-z0-9]")


def initials_of(name: str) -> str:
    """First letters of a name's pinyin in lower case, at most `LONGEST`. Digits and Latin letters are kept.

    Characters with several readings are read as in their word: 长期 cq, 增长 zz.
    """
    return _letters(name, "FIRST_LETTER")


def pinyin_of(name: str) -> str:
    """The pinyin of a name in lower case without tones and spaces, at most `LONGEST` letters: 教育局 is jiaoyuju."""
    return _letters(name, "NORMAL")


def _letters(name: str, style: str) -> str:
    # Imported here because its dictionary takes 0.1 s and 60 MB, which most processes never need.
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(symbols(name), style=getattr(Style, style))).lower()
    return _OTHER.sub("", letters)[:LONGEST]
