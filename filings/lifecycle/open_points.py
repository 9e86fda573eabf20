"""Points that an approval would leave open: remarks, a low grade, and unexplained warnings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from filings import labels
from filings.checks.assessment import FilingAssessment
from filings.choices import Grade, Handling, RemarkState
from filings.document.text import shorten
from filings.models import Filing
from filings.reviewing.new_remark import NewRemark
from filings.reviewing.settlement import SETTLED

LOW_GRADES = (Grade.FAIR, Grade.POOR)
_QUOTED = 30


class OpenPointKind(StrEnum):
    """Kinds of open points, named after the fields of ReviewPolicy that decide on them."""

    OPEN_REMARKS = "open_remarks"
    LOW_GRADE = "low_grade"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class OpenPoint:
    """One point that an approval would leave open, as a sentence, and how the cycle's policy handles it.

    `remark` is the key of an earlier remark, which the reviewer can accept; None for other points.
    """

    kind: OpenPointKind
    sentence: str
    handling: Handling
    remark: int | None = None


def open_points(
    filing: Filing,
    assessment: FilingAssessment,
    *,
    remarks: Iterable[NewRemark] = (),
    settled: Mapping[int, RemarkState] | None = None,
    grade: str = "",
) -> list[OpenPoint]:
    """List what an approval with these remarks, settled remarks and this grade would leave open.

    `assessment` is that of the last revision. Changes nothing, so that pages and bulk actions can ask beforehand.
    """
    policy = filing.cycle.review_policy()
    return [
        *_earlier_remarks(filing, settled or {}, policy.open_remarks),
        *_with_kind(OpenPointKind.OPEN_REMARKS, policy.open_remarks, _new_remarks(remarks)),
        *_with_kind(OpenPointKind.LOW_GRADE, policy.low_grade, _grade(grade)),
        *_with_kind(OpenPointKind.UNEXPLAINED, policy.unexplained, _warnings(assessment)),
    ]


def _with_kind(kind: OpenPointKind, handling: Handling, sentences: Iterator[str]) -> Iterator[OpenPoint]:
    return (OpenPoint(kind, sentence, handling) for sentence in sentences)


def _earlier_remarks(filing: Filing, settled: Mapping[int, RemarkState], handling: Handling) -> Iterator[OpenPoint]:
    accepted = [pk for pk, state in settled.items() if state == RemarkState.ACCEPTED]
    asked = filing.remarks.filter(internal=False, review__revision__cancelled=None)
    waiting = asked.exclude(state__in=SETTLED).exclude(pk__in=accepted)
    for remark in waiting:
        state = labels.REMARK_STATE[remark.state]
        sentence = f"第 {remark.round} 轮的意见「{shorten(remark.text, _QUOTED)}」（{state}）尚未认可。"
        yield OpenPoint(OpenPointKind.OPEN_REMARKS, sentence, handling, remark.pk)


def _new_remarks(remarks: Iterable[NewRemark]) -> Iterator[str]:
    for remark in remarks:
        if not remark.internal and remark.text:
            yield f"本次写的意见「{shorten(remark.text, _QUOTED)}」，通过后单位不再修改。"


def _grade(grade: str) -> Iterator[str]:
    if grade in LOW_GRADES:
        yield f"等级为「{labels.GRADE[grade]}」。"


def _warnings(assessment: FilingAssessment) -> Iterator[str]:
    for item in assessment.items:
        if item.lacks_explanation:
            yield f"提醒 {item.finding.code} 须说明而没有说明：{item.finding.facts}"
