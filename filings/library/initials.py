"""Pinyin initials of a name, by which it is found without an input method: 重点项目完成率 is zdxmwcl."""

import re

from filings.document.text import symbols

LONGEST = 200
_OTHER = re.compile(r"[^a-z0-9]")


def of(name: str) -> str:
    """First letters of a name's pinyin in lower case, at most `LONGEST`; digits and latin letters stay, signs go.

    Characters of several readings are read as in the words they stand in: 长期 cq, 增长 zz.
    """
    # The dictionary takes a tenth of a second and 60 MB: not for the processes that never ask.
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(symbols(name), style=Style.FIRST_LETTER)).lower()
    return _OTHER.sub("", letters)[:LONGEST]
