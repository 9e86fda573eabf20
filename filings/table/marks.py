"""Marks of a copy: 草稿, the version of a 送审稿, the verification code of what was issued.

They are printed around the table and belong to no document, so that the reader skips them.
"""

import re
from dataclasses import dataclass

DRAFT = "草稿"
PRINTED_HASH_LENGTH = 12
_MARK = re.compile(
    rf"{DRAFT}|送审稿 第[0-9]+版 校验[码值] [0-9a-f]{{{PRINTED_HASH_LENGTH}}}"
    r"|核验码：[0-9A-Z-]+(?:，以盖章的定稿（PDF）为准)?"
)


@dataclass(frozen=True)
class Marks:
    """The marks of a copy: whether it is a draft, and a footer for every page."""

    is_draft: bool = False
    footer: str = ""

    @property
    def lines(self) -> list[str]:
        """List the marks as lines of text."""
        return [DRAFT] * self.is_draft + [self.footer] * bool(self.footer)


NO_MARKS = Marks()


def submitted_footer(number: int, sha256: str) -> str:
    """Return the footer of a 送审稿: its version and the beginning of its hash."""
    return f"送审稿 第{number}版 校验码 {sha256[:PRINTED_HASH_LENGTH]}"


def issued_footer(code: str) -> str:
    """Return the footer of a sealed copy; `code` is formatted in groups."""
    return f"核验码：{code}"


def unsealed_footer(code: str) -> str:
    """Return the footer of an approved table in a format without the seal."""
    return f"{issued_footer(code)}，以盖章的定稿（PDF）为准"


def is_mark(text: str) -> bool:
    """Whether a line of text is a mark."""
    return _MARK.fullmatch(text.strip()) is not None
