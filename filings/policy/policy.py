"""The review policy of a cycle."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from filings.choices import Handling
from filings.policy.errors import PolicyError
from filings.policy.publication import PublicationPolicy
from filings.policy.reason_codes import ReasonCode
from filings.policy.score_sheet import ScoreSheet

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "policy"
SEED = FIXTURES / "county.json"
PUBLICATION_SEED = FIXTURES / "publication.json"
MOST_DAYS = 365
MOST_SECONDS = 600
MOST_STATEMENTS = 12
LONGEST_STATEMENT = 100


@dataclass(frozen=True)
class ReviewPolicy:
    """What approvals must not leave open, how long each holder has, and the data of remarks and scores.

    `open_remarks`, `low_grade` (中 or 差) and `unexplained` (warnings that need an explanation) say how an approval
    that leaves them is handled. Days are working days. `undo_seconds` is the time in which the last approval can be
    cancelled before the copy is issued. `statements` are what the head of a department confirms when signing.
    """

    open_remarks: Handling
    low_grade: Handling
    unexplained: Handling
    review_days: int
    correction_days: int
    undo_seconds: int
    partial_reopening: bool
    reasons: tuple[ReasonCode, ...]
    score_sheet: ScoreSheet
    publication: PublicationPolicy
    statements: tuple[str, ...] = ()
    statements_verified: bool = False

    def reason(self, key: str) -> ReasonCode | None:
        return next((reason for reason in self.reasons if reason.key == key), None)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ReviewPolicy":
        """Raises PolicyError."""
        try:
            policy = cls(
                Handling(data["open_remarks"]),
                Handling(data["low_grade"]),
                Handling(data["unexplained"]),
                _count(data["review_days"], MOST_DAYS),
                _count(data["correction_days"], MOST_DAYS),
                _count(data["undo_seconds"], MOST_SECONDS),
                bool(data["partial_reopening"]),
                tuple(ReasonCode.from_json(reason) for reason in data["reasons"]),
                ScoreSheet.from_json(data["score_sheet"]),
                # Cycles of earlier versions have none of these.
                PublicationPolicy.from_json(data.get("publication") or publication_seed()),
                _statements(data.get("statements", ())),
                bool(data.get("statements_verified", False)),
            )
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, PolicyError):
                raise
            raise PolicyError(f"审核办法的数据不完整：{error}。") from error
        keys = [reason.key for reason in policy.reasons]
        if len(set(keys)) != len(keys):
            raise PolicyError("有两个原因的代码相同。")
        return policy

    def to_json(self) -> dict[str, Any]:
        return {
            "open_remarks": self.open_remarks.value,
            "low_grade": self.low_grade.value,
            "unexplained": self.unexplained.value,
            "review_days": self.review_days,
            "correction_days": self.correction_days,
            "undo_seconds": self.undo_seconds,
            "partial_reopening": self.partial_reopening,
            "reasons": [reason.to_json() for reason in self.reasons],
            "score_sheet": self.score_sheet.to_json(),
            "publication": self.publication.to_json(),
            "statements": list(self.statements),
            "statements_verified": self.statements_verified,
        }


def seed() -> dict[str, Any]:
    """Return the policy of a new cycle as JSON data; the values are not verified and can be edited by managers."""
    return ReviewPolicy.from_json(_seed_data()).to_json()


@cache
def _seed_data() -> dict[str, Any]:
    return _read(SEED)


@cache
def publication_seed() -> dict[str, Any]:
    return _read(PUBLICATION_SEED)


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def _statements(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the statements, each on one line and once. Raises PolicyError."""
    statements = tuple(dict.fromkeys(" ".join(str(text).split()) for text in texts))
    if len(statements) > MOST_STATEMENTS:
        raise PolicyError(f"审签确认事项共 {len(statements)} 条，最多 {MOST_STATEMENTS} 条。")
    for text in statements:
        if not 0 < len(text) <= LONGEST_STATEMENT:
            raise PolicyError(f"审签确认事项「{text}」共 {len(text)} 字，须在 1 到 {LONGEST_STATEMENT} 字之间。")
    return statements


def _count(value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise PolicyError(f"「{value}」须是 0 到 {most} 的整数。")
    return value
