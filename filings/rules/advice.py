"""Sentences of findings for reviewers. A finding's message ends with advice to the department.

Stored findings keep the whole message; it is divided here when it is shown.
"""

import re
from collections.abc import Mapping
from typing import Protocol

from filings.choices import Severity

# Advice to reviewers by the rule's code; an error without one has _ERROR.
FOR_REVIEWERS: Mapping[str, str] = {"B7": "请核对导入的预算控制数；控制数无误的，退回单位改正。"}
_ERROR = "请退回单位改正，或写明理由豁免。"
_QUOTED = re.compile("「[^」]*」|（[^）]*）")
_ADVICE = re.compile("(?<=[。？])请|，请")
_CONDITION = "如果"


class DescribedFinding(Protocol):
    """A finding of a document or a stored one."""

    @property
    def code(self) -> str: ...

    @property
    def severity(self) -> str: ...

    @property
    def message(self) -> str: ...


def facts(message: str) -> str:
    """Return a message without its closing advice, a clause outside quotes that begins with 请."""
    plain = _QUOTED.sub(lambda quoted: "·" * len(quoted[0]), message)
    advice = _ADVICE.search(plain)
    if advice is None:
        return message
    last = plain.rfind("。", 0, advice.start()) + 1
    if message.startswith(_CONDITION, last):
        return message[:last]
    return message[: advice.start()] + ("。" if advice[0] == "，请" else "")


def for_reviewers(finding: DescribedFinding) -> str:
    """Return the facts of a finding with advice to the reviewer, if there is any for the rule or its severity."""
    advice = FOR_REVIEWERS.get(finding.code, _ERROR if finding.severity == Severity.ERROR else "")
    return f"{facts(finding.message)}{advice}"
