"""Propose the points of each item of a score sheet from the findings of the table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from filings.checks.assessment import AssessedFinding
from filings.choices import Severity
from filings.policy.score_sheet import WHOLE, Deduction, ScoreItem, ScoreSheet

STEP = Decimal("0.5")


@dataclass(frozen=True)
class Proposal:
    """Proposed points of an item, and the findings that lowered them."""

    item: ScoreItem
    points: Decimal
    evidence: tuple[AssessedFinding, ...] = ()


def propose(sheet: ScoreSheet, findings: Iterable[AssessedFinding]) -> dict[str, Proposal]:
    """Propose points by item key: full points less the deductions of its rules' findings, at least 0.

    Waived findings and advice lower nothing. Points are rounded down to half points.
    """
    counted = [finding for finding in findings if deduction_of(finding)]
    return {item.key: _proposal(sheet, item, counted) for item in sheet.items}


def deduction_of(finding: AssessedFinding) -> Deduction | None:
    """Return the kind of deduction of a finding, None if it lowers nothing."""
    if finding.waived or finding.finding.severity is Severity.ADVICE:
        return None
    if finding.finding.severity is Severity.ERROR:
        return Deduction.ERROR
    return Deduction.EXPLAINED if finding.explanation else Deduction.WARNING


def points_of(proposals: Mapping[str, Proposal]) -> dict[str, Decimal]:
    return {key: proposal.points for key, proposal in proposals.items()}


def _proposal(sheet: ScoreSheet, item: ScoreItem, findings: Iterable[AssessedFinding]) -> Proposal:
    evidence = tuple(finding for finding in findings if finding.finding.code in item.rules)
    kinds = [kind for finding in evidence if (kind := deduction_of(finding))]
    share = sum((sheet.deductions[kind] for kind in kinds), Decimal(0))
    points = item.points * max(WHOLE - share, Decimal(0)) / WHOLE
    return Proposal(item, (points / STEP).to_integral_value(ROUND_DOWN) * STEP, evidence)
