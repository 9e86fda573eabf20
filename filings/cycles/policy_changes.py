"""Change the review policy of a cycle. Once the cycle is started, what has been decided under it must stay valid."""

import json
from collections.abc import Iterator
from hashlib import sha256

from django.db import transaction

from filings.cycles.closing import refuse_if_closed
from filings.errors import StepRefused
from filings.models import Cycle
from filings.policy.policy import ReviewPolicy

_SETTINGS = {
    "open_remarks": "有未了结意见时的处理",
    "low_grade": "等级为中、差时的处理",
    "unexplained": "有未说明的提醒时的处理",
    "review_days": "审核天数",
    "correction_days": "修改天数",
    "undo_seconds": "撤销时间",
    "partial_reopening": "退回后可改的范围",
}


def stamp(cycle: Cycle) -> str:
    """Return a text that changes with the policy, to refuse changes made from an outdated page."""
    return sha256(json.dumps([cycle.policy, cycle.started_at is None], sort_keys=True).encode()).hexdigest()[:16]


def problems(cycle: Cycle, policy: ReviewPolicy) -> list[str]:
    """Return why a started cycle cannot take this policy, as sentences; [] for one that is not started."""
    return list(_problems(cycle.review_policy(), policy)) if cycle.started_at else []


@transaction.atomic
def change(cycle: Cycle, policy: ReviewPolicy, *, expected_stamp: str) -> None:
    """Store the policy.

    Raises StepRefused if it was changed since the page was opened, if the change could harm, or if the cycle is closed.
    """
    stored = Cycle.objects.select_for_update().get(pk=cycle.pk)
    refuse_if_closed(stored)
    if stamp(stored) != expected_stamp:
        raise StepRefused("您打开以后，审核办法已被他人修改，未保存。请核对现在的内容后再改。")
    for sentence in problems(stored, policy):
        raise StepRefused(sentence)
    Cycle.objects.filter(pk=cycle.pk).update(policy=policy.to_json())


def _problems(before: ReviewPolicy, after: ReviewPolicy) -> Iterator[str]:
    changed = [label for name, label in _SETTINGS.items() if getattr(before, name) != getattr(after, name)]
    if changed:
        yield f"批次已启动，{'、'.join(changed)}不能再改；可以改的是原因、常用意见和审签确认事项。"
    if (before.score_sheet.sections, before.score_sheet.limits) != (
        after.score_sheet.sections,
        after.score_sheet.limits,
    ):
        yield "批次已启动，审核表的评分项、分值和等级分数线不能再改，已评的分才前后一致。"
    kept = {reason.key for reason in after.reasons}
    removed = [reason.label for reason in before.reasons if reason.key not in kept]
    if removed:
        yield f"批次已启动，原因「{'」「'.join(removed)}」可能已经用过，不能删去；可以改名称和常用意见。"
