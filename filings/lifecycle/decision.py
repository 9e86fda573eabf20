"""What a reviewer decides with the last approval, as it is stored while the approval waits."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from filings.choices import Grade, RemarkState
from filings.lifecycle.request import ActionInput
from filings.reviewing.new_remark import NewRemark

Scores = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Decision:
    """The entries of an approval, valid for workflow.perform. `settled` gives new states of remarks by their id."""

    reason: str = ""
    remarks: tuple[NewRemark, ...] = ()
    settled: Mapping[int, RemarkState] = field(default_factory=dict)
    grade: Grade | None = None
    scores: Scores = field(default_factory=dict)
    exception_reason: str = ""

    @classmethod
    def from_draft(cls, content: Mapping[str, Any]) -> "Decision":
        """Read the content of a ReviewDraft. Blank remarks, unknown states and grades are left out."""
        remarks = tuple(
            NewRemark(
                place,
                str(remark.get("text", "")),
                str(remark.get("code", "")),
                bool(remark.get("internal")),
                str(remark.get("finding", "")),
            )
            for place, remark in content.get("remarks", {}).items()
            if str(remark.get("text", "")).strip()
        )
        settled = content.get("settled", {}).items()
        grade = content.get("grade", "")
        return cls(
            reason=content.get("reason", ""),
            remarks=remarks,
            settled={int(key): RemarkState(state) for key, state in settled if state in list(RemarkState)},
            grade=Grade(grade) if grade in list(Grade) else None,
            scores=content.get("scores", {}),
            exception_reason=content.get("exception_reason", ""),
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Decision":
        return cls(
            reason=data["reason"],
            remarks=tuple(NewRemark(**remark) for remark in data["remarks"]),
            settled={int(key): RemarkState(state) for key, state in data["settled"].items()},
            grade=Grade(data["grade"]) if data["grade"] else None,
            scores=data["scores"],
            exception_reason=data["exception_reason"],
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "reason": self.reason,
            "remarks": [asdict(remark) for remark in self.remarks],
            "settled": {str(key): state.value for key, state in self.settled.items()},
            "grade": self.grade.value if self.grade else "",
            "scores": {key: dict(score) for key, score in self.scores.items()},
            "exception_reason": self.exception_reason,
        }

    def entered(self) -> ActionInput:
        """Return the arguments of workflow.perform."""
        return ActionInput(
            reason=self.reason,
            remarks=self.remarks,
            settled=self.settled,
            grade=self.grade,
            scores=self.scores,
            exception_reason=self.exception_reason,
        )
