"""The score sheet on the review page: proposed points with their evidence, and fields for the reviewer's."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from filings.checks.assessment import AssessedFinding
from filings.document.place import Place
from filings.forms.review import NOTE, POINTS
from filings.policy.score_sheet import ScoreItem, ScoreSection, ScoreSheet
from filings.reviewing.scoring.entries import Entered, plain
from filings.reviewing.scoring.proposals import Proposal, propose
from filings.views.table.annotated import href


@dataclass(frozen=True)
class ScoreField:
    """An item with its proposed points, evidence as (address, message), and what the reviewer has typed."""

    item: ScoreItem
    full: str
    proposed: str
    evidence: tuple[tuple[str, str], ...]
    points: str
    note: str

    @property
    def points_name(self) -> str:
        return f"{POINTS}{self.item.key}"

    @property
    def note_name(self) -> str:
        return f"{NOTE}{self.item.key}"


@dataclass(frozen=True)
class ScorePanel:
    """Sections with their fields, and the proposed total."""

    sections: tuple[tuple[ScoreSection, tuple[ScoreField, ...]], ...]
    proposed_total: str
    full_total: str
    is_verified: bool


def score_panel(sheet: ScoreSheet, findings: Iterable[AssessedFinding], entered: Entered) -> ScorePanel:
    """Build the panel; `entered` holds points and notes as typed, by item key."""
    proposals = propose(sheet, findings)
    sections = tuple(
        (section, tuple(_field(proposals[item.key], entered) for item in section.items)) for section in sheet.sections
    )
    total = sum((proposal.points for proposal in proposals.values()), Decimal(0))
    return ScorePanel(sections, plain(total), plain(sheet.points), sheet.verified)


def _field(proposal: Proposal, entered: Entered) -> ScoreField:
    typed = entered.get(proposal.item.key, {})
    evidence = tuple((_address(item.finding.places), item.finding.facts) for item in proposal.evidence)
    return ScoreField(
        proposal.item,
        plain(proposal.item.points),
        plain(proposal.points),
        evidence,
        str(typed.get("points", "")),
        str(typed.get("note", "")),
    )


def _address(places: tuple[Place, ...]) -> str:
    return href(places[0]) if places else ""
