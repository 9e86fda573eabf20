"""The score sheet 审核表: sections of items with points, and the grades that a total gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from filings.choices import Criterion, Grade
from filings.policy.errors import PolicyError


@dataclass(frozen=True)
class ScoreItem:
    """An item with its full points, and the rules whose findings lower its proposed points."""

    key: str
    label: str
    points: Decimal
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreSection:
    """The items of one criterion."""

    criterion: Criterion
    label: str
    items: tuple[ScoreItem, ...]

    @property
    def points(self) -> Decimal:
        return sum((item.points for item in self.items), Decimal(0))


class Deduction(StrEnum):
    """Kinds of findings that lower the proposed points of an item. Advice lowers nothing."""

    ERROR = "error"
    WARNING = "warning"
    EXPLAINED = "explained"


WHOLE = 100
USUAL_DEDUCTIONS: Mapping[Deduction, Decimal] = {
    Deduction.ERROR: Decimal(50),
    Deduction.WARNING: Decimal(20),
    Deduction.EXPLAINED: Decimal(10),
}


@dataclass(frozen=True)
class ScoreSheet:
    """Sections, and the least total of each grade except the lowest, best first. `verified` is False for seeds.

    `deductions` are percentages of an item's points for each finding of its rules.
    """

    sections: tuple[ScoreSection, ...]
    limits: tuple[tuple[Grade, Decimal], ...]
    deductions: Mapping[Deduction, Decimal] = field(default_factory=lambda: dict(USUAL_DEDUCTIONS))
    verified: bool = False

    @property
    def items(self) -> tuple[ScoreItem, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @property
    def points(self) -> Decimal:
        return sum((section.points for section in self.sections), Decimal(0))

    def grade_of(self, total: Decimal) -> Grade:
        """Return the best grade whose limit the total reaches, otherwise POOR."""
        return next((grade for grade, least in self.limits if total >= least), Grade.POOR)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ScoreSheet":
        """Raises PolicyError."""
        try:
            sheet = cls(
                tuple(_section(section) for section in data["sections"]),
                tuple((Grade(grade), _points(least)) for grade, least in data["limits"]),
                {**USUAL_DEDUCTIONS} | {Deduction(kind): _points(share) for kind, share in _deductions(data)},
                bool(data.get("verified", False)),
            )
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, PolicyError):
                raise
            raise PolicyError(f"审核表的数据不完整：{error}。") from error
        sheet._check()
        return sheet

    def _check(self) -> None:
        keys = [item.key for item in self.items]
        if len(set(keys)) != len(keys):
            raise PolicyError("审核表中有两个评分项的代码相同。")
        if not keys or any(item.points <= 0 for item in self.items):
            raise PolicyError("审核表的每个评分项都要有大于 0 的分值。")
        least = [limit for _grade, limit in self.limits]
        if sorted(least, reverse=True) != least or len(set(least)) != len(least):
            raise PolicyError("等级的分数线须从高到低，各不相同。")
        if any(not 0 <= share <= WHOLE for share in self.deductions.values()):
            raise PolicyError("每项核对结果的扣分比例须在 0 到 100 之间。")

    def to_json(self) -> dict[str, Any]:
        return {
            "verified": self.verified,
            "limits": [[grade.value, str(least)] for grade, least in self.limits],
            "deductions": {kind.value: str(share) for kind, share in self.deductions.items()},
            "sections": [_section_json(section) for section in self.sections],
        }


def _deductions(data: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return dict(data.get("deductions", {})).items()


def _section(data: Mapping[str, Any]) -> ScoreSection:
    items = tuple(
        ScoreItem(str(item["key"]), str(item["label"]), _points(item["points"]), tuple(item.get("rules", ())))
        for item in data["items"]
    )
    return ScoreSection(Criterion(data["criterion"]), str(data["label"]), items)


def _section_json(section: ScoreSection) -> dict[str, Any]:
    items = [
        {"key": item.key, "label": item.label, "points": str(item.points), "rules": list(item.rules)}
        for item in section.items
    ]
    return {"criterion": section.criterion.value, "label": section.label, "items": items}


def _points(text: object) -> Decimal:
    try:
        points = Decimal(str(text))
    except InvalidOperation as error:
        raise PolicyError(f"「{text}」不是分数。") from error
    if not points.is_finite():
        raise PolicyError(f"「{text}」不是分数。")
    return points
