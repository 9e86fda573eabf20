"""The content of a review's draft: remarks by place, states of earlier remarks, grade, scores and reasons as typed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from filings.choices import RemarkState
from filings.document.text import prose
from filings.drafts.save_changes import clean_text
from filings.models.keys import parse_key
from filings.reviewing.new_remark import NewRemark

# Longer than a decision accepts: a text that is too long is kept until it is shortened.
LONGEST_TEXT = 20_000
LONGEST_KEY = 200
MOST_ENTRIES = 1000
# Digits of a primary key; longer numbers do not fit into the database.


@dataclass(frozen=True)
class DraftRemark:
    """A remark as typed; `code`, `internal` and `finding` as in NewRemark."""

    text: str = ""
    code: str = ""
    internal: bool = False
    finding: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class DraftScore:
    """Points of one item of the score sheet and the note on them, as typed."""

    points: str = ""
    note: str = ""


@dataclass(frozen=True)
class DraftContent:
    """Everything that a reviewer enters before a decision.

    `remarks` by place, `settled` the state of earlier remarks by their id, `scores` by item of the score sheet. Blank
    entries are left out, so that equal drafts are equal values.
    """

    remarks: Mapping[str, DraftRemark] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)
    grade: str = ""
    scores: Mapping[str, DraftScore] = field(default_factory=dict)
    reason: str = ""
    exception_reason: str = ""
    from_first_stage: bool = False
    whole_form: bool = False

    @classmethod
    def from_json(cls, data: object) -> "DraftContent":
        """Read stored or posted data. Unknown keys are ignored; texts, keys and entries beyond the limits are cut."""
        data = data if isinstance(data, Mapping) else {}
        remarks = {key: _remark(entry) for key, entry in _entries(data.get("remarks"))}
        scores = {key: _score(entry) for key, entry in _entries(data.get("scores"))}
        settled = {key: _text(state, LONGEST_KEY) for key, state in _entries(data.get("settled"))}
        return cls(
            remarks={key: remark for key, remark in remarks.items() if remark != DraftRemark()},
            settled={key: state for key, state in settled.items() if state},
            grade=_text(data.get("grade"), LONGEST_KEY),
            scores={key: score for key, score in scores.items() if score != DraftScore()},
            reason=_text(data.get("reason")),
            exception_reason=_text(data.get("exception_reason")),
            from_first_stage=data.get("from_first_stage") is True,
            whole_form=data.get("whole_form") is True,
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def is_blank(self) -> bool:
        return self == DraftContent()

    @property
    def count(self) -> int:
        """Number of remarks with a text."""
        return sum(not remark.is_blank for remark in self.remarks.values())

    @property
    def texts(self) -> list[str]:
        """All texts that are not blank: remarks, notes on scores, and reasons."""
        remarks = [remark.text for remark in self.remarks.values()]
        notes = [score.note for score in self.scores.values()]
        return [text for text in (*remarks, *notes, self.reason, self.exception_reason) if text.strip()]

    def new_remarks(self) -> list[NewRemark]:
        """Return the remarks with a text, in the order in which they were written down."""
        return [
            NewRemark(place, remark.text, remark.code, remark.internal, remark.finding)
            for place, remark in self.remarks.items()
            if not remark.is_blank
        ]

    @property
    def settled_states(self) -> dict[int, RemarkState]:
        """The states given to earlier remarks by their id, without what is no id or state."""
        known = frozenset(RemarkState)
        return {
            key: RemarkState(state)
            for text, state in self.settled.items()
            if (key := parse_key(text)) is not None and state in known
        }

    @property
    def entered_scores(self) -> dict[str, dict[str, str]]:
        """Points and notes by item of the score sheet, as typed."""
        return {item: asdict(score) for item, score in self.scores.items()}

    def with_text(self, place: str, text: str) -> "DraftContent":
        """Replace the text of the remark at a place."""
        remark = replace(self.remarks.get(place, DraftRemark()), text=text)
        return replace(self, remarks={**self.remarks, place: remark})

    def with_points(self, points: Mapping[str, str]) -> "DraftContent":
        """Give these points to the items of the score sheet that have none."""
        scores = {item: self.scores.get(item, DraftScore()) for item in (*self.scores, *points)}
        filled = {
            item: score if score.points.strip() else replace(score, points=points.get(item, ""))
            for item, score in scores.items()
        }
        return replace(self, scores=filled)

    def for_new_revision(self) -> "DraftContent":
        """Return what still applies on another revision: everything but the states of remarks."""
        return replace(self, settled={})

    def merged_with(self, other: "DraftContent") -> "DraftContent":
        """Add what another draft has and this one lacks. Texts that differ are kept one below the other."""
        places = dict.fromkeys((*self.remarks, *other.remarks))
        remarks = {place: _merged(self.remarks.get(place), other.remarks.get(place)) for place in places}
        return DraftContent(
            remarks=remarks,
            settled={**other.settled, **self.settled},
            grade=self.grade or other.grade,
            scores={**other.scores, **self.scores},
            reason=_joined(self.reason, other.reason),
            exception_reason=_joined(self.exception_reason, other.exception_reason),
            from_first_stage=self.from_first_stage or other.from_first_stage,
            whole_form=self.whole_form or other.whole_form,
        )


def _merged(mine: DraftRemark | None, theirs: DraftRemark | None) -> DraftRemark:
    if mine is None or theirs is None:
        return mine or theirs or DraftRemark()
    return replace(mine, text=_joined(mine.text, theirs.text), code=mine.code or theirs.code)


def _joined(mine: str, theirs: str) -> str:
    """Join two texts; one of them is enough if it contains the other."""
    if prose(theirs) in prose(mine):
        return mine
    return theirs if prose(mine) in prose(theirs) else f"{mine}\n{theirs}"


def _remark(entry: object) -> DraftRemark:
    data = entry if isinstance(entry, Mapping) else {}
    return DraftRemark(
        _text(data.get("text")),
        _text(data.get("code"), LONGEST_KEY),
        data.get("internal") is True,
        _text(data.get("finding"), LONGEST_KEY),
    )


def _score(entry: object) -> DraftScore:
    data = entry if isinstance(entry, Mapping) else {}
    return DraftScore(_text(data.get("points"), LONGEST_KEY), _text(data.get("note")))


def _entries(data: object) -> list[tuple[str, object]]:
    if not isinstance(data, Mapping):
        return []
    return [(_text(key, LONGEST_KEY), entry) for key, entry in list(data.items())[:MOST_ENTRIES]]


def _text(value: object, longest: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str):
        return ""
    return clean_text(value)[:longest]
