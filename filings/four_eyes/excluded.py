"""The users who may not sign or review a filing because of what they did to its last revision, or passed before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from filings import labels
from filings.choices import Status
from filings.four_eyes.queries import edits, last_passes, signings, stages_before, submissions
from filings.models import Filing

_ANOTHER_HEAD = "审签须由另一人办理；没有其他单位负责人的，请与财政局联系，另设一名单位负责人。"
_ANOTHER_REVIEWER = "审核须由另一人办理。"


def excluded(filing: Filing) -> Mapping[int, str]:
    """Map the users excluded from the filing's next step to the sentence of their refusal; empty in other statuses."""
    if filing.status not in (Status.SIGNING, Status.IN_REVIEW):
        return {}
    done = _done(filing)
    if filing.status == Status.SIGNING:
        return {user: f"{sentence}{_ANOTHER_HEAD}" for user, sentence in done.items()}
    return {**{user: f"{sentence}{_ANOTHER_REVIEWER}" for user, sentence in done.items()}, **_passed(filing)}


def _done(filing: Filing) -> dict[int, str]:
    """Return the last editor, the submitter, and in review the signer of the last revision."""
    parts: dict[str, Any] = {**_first("edited", edits(), "at"), **_first("submitted", submissions(), "submitted_at")}
    if filing.status == Status.IN_REVIEW:
        parts |= _first("signed", signings(), "at")
    row: Mapping[str, Any] = Filing.objects.filter(pk=filing.pk).values(**parts)[0]
    words = {
        "edited": "这一版最后由您在 {}修改，",
        "submitted": "这一版由您在 {}提交，",
        "signed": "这一版由您在 {}审签，",
    }
    return {
        row[f"{name}_by"]: sentence.format(_day(row[f"{name}_at"]))
        for name, sentence in words.items()
        if row.get(f"{name}_by")
    }


def _first(name: str, users: "QuerySet[Any, Any]", time: str) -> dict[str, Subquery]:
    """Select user and time of the first row under `<name>_by` and `<name>_at`."""
    return {f"{name}_by": Subquery(users[:1]), f"{name}_at": Subquery(users.values(time)[:1])}


def _passed(filing: Filing) -> dict[int, str]:
    """Return the last user who passed each earlier stage, on this revision or on one that was returned since."""
    passed = last_passes().filter(revision__filing=filing, stage__in=stages_before(filing.stage))
    here = labels.STAGE[filing.stage]
    return {
        review.by_id: f"您 {_day(review.at)}已在{labels.STAGE[review.stage]}环节审核通过，{here}环节请由另一人审核。"
        for review in passed
    }


def _day(at: datetime) -> str:
    day = timezone.localdate(at)
    return f"{day.month}月{day.day}日 "
