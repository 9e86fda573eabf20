"""调整原因 while a table is filled in: why each row differs from the issued copy, stored as typed.

A submission copies the reasons of the changed rows to its revision (lifecycle/records.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from filings.document.place import Place
from filings.drafts.locking import lock_draft
from filings.drafts.save_changes import clean_text
from filings.errors import StepRefused
from filings.formats.pdf import check_glyphs
from filings.models import AdjustmentReason, Filing, User
from filings.policy.publication import PublicationPolicy
from filings.rules.finding import quote

LONGEST_WORDS = 300


@dataclass(frozen=True)
class TypedReason:
    """A reason as typed: its key in the cycle's list, or '', and words."""

    key: str = ""
    words: str = ""


@dataclass(frozen=True)
class ReasonChange:
    """A row's reason as the page showed it, and as it was posted. `name` is the row's in refusals."""

    place: Place
    name: str
    before: TypedReason
    after: TypedReason


def drafted(filing: Filing) -> QuerySet[AdjustmentReason]:
    """Select the reasons that are not submitted yet, also those of rows that are no longer changed."""
    return filing.adjustment_reasons.filter(revision=None)


def save_reasons(filing: Filing, changes: Sequence[ReasonChange], *, by: User) -> bool:
    """Store the reasons whose row still has the one that the page showed. Return whether any was changed on the page.

    The filing's counter is then one higher, also if the same post is repeated. Raises StepRefused, after storing the
    others, if another user has changed one of them, if words are too long, or if the filing is not editable.
    """
    policy = filing.cycle.review_policy().publication
    changes = [_cleaned(change, policy) for change in changes]
    if _to_store(filing, changes):
        with transaction.atomic():
            lock_draft(filing)
            _store(filing, _to_store(filing, changes), by, policy)
    if refusals := [*_too_long(changes), *_conflicts(filing, changes, by)]:
        raise StepRefused("".join(refusals))
    return any(change.before != change.after for change in changes)


def refusal_of(key: str, words: str, policy: PublicationPolicy) -> str:
    """Return why a reason cannot be submitted; '' if it can."""
    listed = policy.adjustment_reason(key)
    if listed is None:
        return "尚未选择原因。"
    if policy.needs_words(listed) and not words.strip():
        return f"选择「{listed.label}」的，须写明原因。"
    unprintable = check_glyphs.refusal(words)
    return f"说明{unprintable}" if unprintable else ""


def last_change(filing: Filing) -> AdjustmentReason | None:
    """Return the reason that was changed last, for the refusal of an action on an outdated page."""
    return drafted(filing).order_by("-at").first()


def _cleaned(change: ReasonChange, policy: PublicationPolicy) -> ReasonChange:
    before, after = (
        TypedReason(each.key if policy.adjustment_reason(each.key) else "", clean_text(each.words))
        for each in (change.before, change.after)
    )
    return replace(change, before=before, after=after)


def _stored(filing: Filing) -> dict[str, AdjustmentReason]:
    return {reason.place: reason for reason in drafted(filing)}


def _typed(reason: AdjustmentReason | None) -> TypedReason:
    return TypedReason(reason.reason, reason.words) if reason else TypedReason()


def _to_store(filing: Filing, changes: Iterable[ReasonChange]) -> list[ReasonChange]:
    """Return the changes whose row still has the reason that the page showed."""
    stored = _stored(filing)
    return [
        change
        for change in changes
        if change.before != change.after
        and len(change.after.words) <= LONGEST_WORDS
        and _typed(stored.get(str(change.place))) == change.before
    ]


def _store(filing: Filing, changes: Iterable[ReasonChange], by: User, policy: PublicationPolicy) -> None:
    stored, now = _stored(filing), timezone.now()
    present: list[AdjustmentReason] = []
    new: list[AdjustmentReason] = []
    for change in changes:
        place = str(change.place)
        reason = stored.get(place) or AdjustmentReason(filing=filing, place=place)
        listed = policy.adjustment_reason(change.after.key)
        reason.reason, reason.label = (listed.key, listed.label) if listed else ("", "")
        reason.words = change.after.words
        reason.by, reason.by_name, reason.at = by, by.name, now
        (present if place in stored else new).append(reason)
    AdjustmentReason.objects.bulk_update(present, ("reason", "label", "words", "by", "by_name", "at"))
    AdjustmentReason.objects.bulk_create(new)


def _too_long(changes: Iterable[ReasonChange]) -> list[str]:
    return [
        f"「{change.name}」的说明共 {len(change.after.words)} 字，请缩短到 {LONGEST_WORDS} 字以内。"
        for change in changes
        if len(change.after.words) > LONGEST_WORDS
    ]


def _conflicts(filing: Filing, changes: Iterable[ReasonChange], by: User) -> list[str]:
    """Describe the reasons that are stored neither as the page showed them nor as it posted them."""
    stored = _stored(filing)
    sentences = []
    for change in changes:
        present = stored.get(str(change.place))
        if present and _typed(present) not in (change.before, change.after):
            name = "您在另一个窗口" if present.by_id == by.pk else present.by_name
            text = "：".join(part for part in (present.label, present.words) if part)
            changed = f"改为{quote(text)}" if text else "清空"
            sentences.append(f"{name}已将「{change.name}」的调整原因{changed}，请核对后再提交。")
    return sentences
