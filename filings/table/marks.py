"""Marks of a copy: 草稿, the version of a 送审稿, the verification code of what was issued.

They are printed around the table and belong to no document, so that the reader skips them.
"""

import re
from dataclasses import dataclass

from filings import verification_code
from filings.choices import QrPages

DRAFT = "草稿"
PREVIEW = "预览"
HOW_TO_VERIFY = "扫描左侧二维码，或登录核验网址输入核验码，可核验本件。"
PRINTED_HASH_LENGTH = 12
# Longer addresses make QR codes whose modules cannot be read from paper.
LONGEST_ADDRESS = 150
_PAGE = "/v/"
_MARK = re.compile(
    rf"{DRAFT}|{PREVIEW}|送审稿 第[0-9]+版 校验[码值] [0-9a-f]{{{PRINTED_HASH_LENGTH}}}"
    rf"|(?:第[0-9]+版 )?核验码：(?:[0-9A-Z-]+|{PREVIEW})(?:，以盖章的定稿（PDF）为准)?"
    # A long address is printed on two lines.
    rf"|核验网址：https?://\S+|[0-9A-Za-z.:_/-]*{_PAGE}|{HOW_TO_VERIFY}"
)


@dataclass(frozen=True)
class CopyMark:
    """What an issued copy carries at the foot of its pages. `version` is the number of the revision.

    `code` is the plain verification code, '' in a preview. `site` is the address of the program without a slash at its
    end.
    """

    code: str
    version: int
    site: str
    qr_pages: QrPages = QrPages.LAST

    @property
    def address(self) -> str:
        """The address of the page that verifies this copy, which the QR code holds."""
        return f"{self.site}{_PAGE}{verification_code.formatted(self.code)}/"


@dataclass(frozen=True)
class Marks:
    """The marks of a copy: whether it is a draft, and a footer of one or more lines for every page."""

    is_draft: bool = False
    footer: str = ""

    @property
    def lines(self) -> list[str]:
        """List the marks as lines of text."""
        return [DRAFT] * self.is_draft + self.footer.splitlines()


NO_MARKS = Marks()


def submitted_footer(number: int, sha256: str) -> str:
    """Return the footer of a 送审稿: its version and the beginning of its hash."""
    return f"送审稿 第{number}版 校验码 {sha256[:PRINTED_HASH_LENGTH]}"


def issued_footer(mark: CopyMark) -> str:
    """Return the two lines at the foot of a sealed copy: its version and code, and the address that verifies it."""
    code = verification_code.formatted(mark.code) if mark.code else PREVIEW
    return f"第{mark.version}版 核验码：{code}\n核验网址：{mark.site}{_PAGE}"


def unsealed_footer(code: str) -> str:
    """Return the footer of an approved table in a format without the seal; `code` is formatted in groups."""
    return f"核验码：{code}，以盖章的定稿（PDF）为准"


def is_mark(text: str) -> bool:
    """Whether a line of text is a mark."""
    return _MARK.fullmatch(text.strip()) is not None
