"""The form of a review: names of its fields, and their conversion to and from the content of a draft.

The page posts the same fields with and without scripts, so that both are read by one function.
"""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError

from filings import labels
from filings.choices import Grade
from filings.forms.actions import StepForm, reason_field
from filings.reviewing.draft_content import DraftContent
from filings.reviewing.new_remark import length_refusal

REMARK = "remark:"
CODE = "code:"
INTERNAL = "internal:"
FINDING = "finding:"
SETTLED = "settled:"
POINTS = "score:"
NOTE = "score-note:"
CHECKED = "on"
FROM_FIRST = "first"


def grade_field() -> forms.ChoiceField:
    """Create the field for the grade; blank is no grade."""
    choices = [("", "不评"), *((grade.value, labels.GRADE[grade]) for grade in Grade)]
    return forms.ChoiceField(label="等级", required=False, choices=choices)


class ReviewForm(StepForm):
    """A review decision. Remarks, states and scores have a field for each row, which `draft_content` reads.

    `over` is the key of another reviewer who has claimed the filing, if the user confirms to decide nevertheless.
    """

    reason = reason_field("总体意见")
    grade = grade_field()
    exception_reason = reason_field("例外理由（未办结的事项按本批次的办法须写明）")
    from_first_stage = forms.ChoiceField(
        label="退回后重新提交时",
        required=False,
        choices=[("", "直接回到本环节"), (FROM_FIRST, "从第一个环节重新审核")],
        widget=forms.RadioSelect,
        initial="",
    )
    whole_form = forms.BooleanField(label="整张表都可以改，不限于有意见的行", required=False)
    over = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        for remark in self.content.new_remarks():
            if refusal := length_refusal(remark.text):
                raise ValidationError(refusal)
        return cleaned

    @property
    def content(self) -> DraftContent:
        """Everything that was posted, as typed."""
        return draft_content({name: str(self.data[name]) for name in self.data})

    @classmethod
    def of(cls, content: DraftContent) -> "ReviewForm":
        """Build a form that shows a draft."""
        return cls(
            initial={
                "reason": content.reason,
                "grade": content.grade,
                "exception_reason": content.exception_reason,
                "from_first_stage": FROM_FIRST if content.from_first_stage else "",
                "whole_form": content.whole_form,
            }
        )


def draft_content(fields: Mapping[str, str]) -> DraftContent:
    """Read the posted fields of the page; others are ignored."""
    texts = _keyed(fields, REMARK)
    codes, findings, internal = _keyed(fields, CODE), _keyed(fields, FINDING), _keyed(fields, INTERNAL)
    points, notes = _keyed(fields, POINTS), _keyed(fields, NOTE)
    remarks = {
        place: {
            "text": texts.get(place, ""),
            "code": codes.get(place, ""),
            "internal": place in internal,
            "finding": findings.get(place, ""),
        }
        for place in dict.fromkeys((*texts, *codes))
        if texts.get(place, "").strip() or codes.get(place)
    }
    scores = {item: {"points": points.get(item, ""), "note": notes.get(item, "")} for item in points | notes}
    return DraftContent.from_json(
        {
            "remarks": remarks,
            "settled": _keyed(fields, SETTLED),
            "grade": fields.get("grade", ""),
            "scores": scores,
            "reason": fields.get("reason", ""),
            "exception_reason": fields.get("exception_reason", ""),
            "from_first_stage": fields.get("from_first_stage") == FROM_FIRST,
            "whole_form": fields.get("whole_form") == CHECKED,
        }
    )


def draft_fields(content: DraftContent) -> dict[str, str]:
    """Return the fields of the page that hold this content; fields that are not listed are blank."""
    fields = {
        "grade": content.grade,
        "reason": content.reason,
        "exception_reason": content.exception_reason,
        "from_first_stage": FROM_FIRST if content.from_first_stage else "",
        "whole_form": CHECKED if content.whole_form else "",
    }
    for place, remark in content.remarks.items():
        fields |= {REMARK + place: remark.text, CODE + place: remark.code, FINDING + place: remark.finding}
        fields[INTERNAL + place] = CHECKED if remark.internal else ""
    for item, score in content.scores.items():
        fields |= {POINTS + item: score.points, NOTE + item: score.note}
    fields |= {SETTLED + remark: state for remark, state in content.settled.items()}
    return {name: text for name, text in fields.items() if text}


def _keyed(fields: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return the fields with this prefix by the rest of their names, without blank ones."""
    return {
        name.removeprefix(prefix): text for name, text in fields.items() if name.startswith(prefix) and text.strip()
    }
