"""The input for a remark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from filings.choices import RemarkState
from filings.document.place import WHOLE_TABLE
from filings.document.text import prose, shorten

LONGEST_REMARK = 1000
_QUOTED = 20


@dataclass(frozen=True)
class NewRemark:
    """A remark as a reviewer has written it. `code` is a reason code or ''; `finding` the finding's identity or ''.

    `internal` remarks are visible within the bureau only.
    """

    place: str
    text: str
    code: str = ""
    internal: bool = False
    finding: str = ""


def length_refusal(typed: str) -> str:
    """Return a sentence if a remark is too long, otherwise a blank text."""
    text = prose(typed)
    if len(text) <= LONGEST_REMARK:
        return ""
    return f"意见「{shorten(text, _QUOTED)}」共 {len(text)} 字，请缩短到 {LONGEST_REMARK} 字以内。"


def of_return(
    remarks: Iterable[NewRemark], reason: str, settled: Mapping[int, RemarkState] = MappingProxyType({})
) -> tuple[NewRemark, ...]:
    """Return the remarks of a decision to return.

    If none of them is for the department and no remark is disputed, the reason becomes a remark on the whole table,
    so that the department has something to answer.
    """
    remarks = tuple(remarks)
    if not reason or asks(remarks, settled):
        return remarks
    return (*remarks, NewRemark(str(WHOLE_TABLE), reason))


def asks(remarks: Iterable[NewRemark], settled: Mapping[int, RemarkState]) -> bool:
    """Whether a decision asks the department for something: a remark that it sees, or a disputed one."""
    return RemarkState.DISPUTED in settled.values() or not all(remark.internal for remark in remarks)
