"""Sentences of findings for reviewers: the facts, and advice of their own instead of that to the department."""

from collections.abc import Mapping
from typing import Protocol

from filings.choices import Severity

# Advice to reviewers by the rule's code; an error without one has _ERROR.
FOR_REVIEWERS: Mapping[str, str] = {"B7": "请核对导入的预算控制数；控制数无误的，退回单位改正。"}
_ERROR = "请退回单位改正，或写明理由豁免。"


class DescribedFinding(Protocol):
    """A finding of a document or a stored one."""

    @property
    def code(self) -> str: ...

    @property
    def severity(self) -> str: ...

    @property
    def facts(self) -> str: ...


def for_reviewers(finding: DescribedFinding) -> str:
    """Return the facts of a finding with advice to the reviewer, if there is any for the rule or its severity."""
    advice = FOR_REVIEWERS.get(finding.code, _ERROR if finding.severity == Severity.ERROR else "")
    return f"{finding.facts}{advice}"
