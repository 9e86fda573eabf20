"""The score sheet of a revision: every reviewer's scores and their average."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from filings.choices import Grade
from filings.models import Review
from filings.policy.score_sheet import ScoreItem, ScoreSection, ScoreSheet

CENT = Decimal("0.01")


@dataclass(frozen=True)
class ItemScores:
    """An item with the points and note of each reviewer, in the order of the reviewers, and the average."""

    item: ScoreItem
    proposed: str
    entries: tuple[Mapping[str, str], ...]
    average: Decimal


@dataclass(frozen=True)
class SectionScores:
    """The items of a section, with the average of the section."""

    section: ScoreSection
    items: tuple[ItemScores, ...]

    @property
    def average(self) -> Decimal:
        return sum((item.average for item in self.items), Decimal(0))


@dataclass(frozen=True)
class ScoredSheet:
    """A score sheet that at least one reviewer has filled in."""

    reviews: tuple[Review, ...]
    sections: tuple[SectionScores, ...]
    total: Decimal
    grade: Grade


def scored(sheet: ScoreSheet, reviews: Iterable[Review]) -> ScoredSheet | None:
    """Average the scores of different reviewers, each with the last review in which that user scored.

    Items are those of the sheet that every review has scored. Returns None without any scores.
    """
    latest = _latest(reviews)
    if not latest:
        return None
    sections = tuple(_section(section, latest) for section in sheet.sections)
    exact = sum((section.average for section in sections), Decimal(0))
    total = exact.quantize(CENT, ROUND_HALF_UP)
    return ScoredSheet(tuple(latest), sections, total, sheet.grade_of(total))


def _latest(reviews: Iterable[Review]) -> list[Review]:
    by_user = {review.by_id: review for review in sorted(reviews, key=lambda review: review.pk) if review.scores}
    return sorted(by_user.values(), key=lambda review: review.pk)


def _section(section: ScoreSection, reviews: list[Review]) -> SectionScores:
    items = [
        _item(item, [dict(review.scores)[item.key] for review in reviews])
        for item in section.items
        if all(item.key in review.scores for review in reviews)
    ]
    return SectionScores(section, tuple(items))


def _item(item: ScoreItem, entries: list[Mapping[str, str]]) -> ItemScores:
    points = [Decimal(entry["points"]) for entry in entries]
    return ItemScores(item, entries[-1].get("proposed", ""), tuple(entries), sum(points, Decimal(0)) / len(points))
