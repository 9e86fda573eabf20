"""Answers of the filing unit to a reviewer's remarks on a returned table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from filings.choices import RemarkState, Status
from filings.drafts.changes import Change, SaveResult
from filings.drafts.locking import not_editable
from filings.drafts.save_changes import clean_text, save
from filings.errors import AnswerTooLong, NewerAnswer, StepRefused
from filings.labels import REMARK_STATE
from filings.models import Filing, Remark, User
from filings.rules.finding import quote

LONGEST = 1000
# What the department may choose for a remark; blank leaves it open.
CHOICES = (RemarkState.CHANGED, RemarkState.DECLINED)


@dataclass(frozen=True)
class SeenAnswer:
    """An answer that a page has seen stored, or has sent and that may be stored by now; the choice may be ''."""

    text: str
    choice: str


def answer(
    filing: Filing,
    texts: Mapping[int, str],
    *,
    by: User,
    choices: Mapping[int, RemarkState] | None = None,
    seen: Mapping[int, SeenAnswer] | None = None,
) -> None:
    """Store answers by the ids of their remarks, and the choices 已改 or 不改.

    Only the visible remarks of the last return of this filing can be answered; others are ignored. A choice lasts until
    submission, which stores what is true of the table. The filing's row is locked meanwhile, so that a submission sees
    either all answers or none. `seen` are the answers that the page displayed. Raises StepRefused if there is a new
    text and the filing is not returned any more, AnswerTooLong, and NewerAnswer if there is a newer answer than the one
    seen.
    """
    if texts or choices:
        with transaction.atomic():
            _answer(filing, texts, choices or {}, seen or {}, by)


def save_with_answers(
    filing: Filing,
    changes: Sequence[Change],
    texts: Mapping[int, str],
    choices: Mapping[int, RemarkState],
    *,
    seen: Mapping[int, SeenAnswer],
    by: User,
    client_id: str,
    since: int | None,
) -> SaveResult:
    """Save changes of the table together with answers to remarks. Raises StepRefused, and then neither is stored."""
    with transaction.atomic():
        answer(filing, texts, by=by, choices=choices, seen=seen)
        return save(filing, changes, by=by, client_id=client_id, since=since)


def save_answer(
    filing: Filing, remark_id: int, *, seen: Collection[SeenAnswer], text: str, choice: RemarkState | None, by: User
) -> None:
    """Store one answer if the stored one is among those that the page has seen or sent.

    Raises NewerAnswer for another one; AnswerTooLong; StepRefused if the filing is not returned any more or its cycle
    is closed, or if the last return has no such remark.
    """
    with transaction.atomic():
        if not _lock_returned(filing):
            raise not_editable(filing)
        remark = _asked(filing, [remark_id]).select_related("answered_by").first()
        if remark is None or choice not in (None, *CHOICES):
            raise StepRefused("这条意见不在本次退回的意见中，请刷新页面后再填。")
        _refuse_if_newer(remark, seen, text, choice, by)
        _store(remark, text, choice or remark.state, by)


def _answer(
    filing: Filing,
    texts: Mapping[int, str],
    choices: Mapping[int, RemarkState],
    seen: Mapping[int, SeenAnswer],
    by: User,
) -> None:
    is_returned = _lock_returned(filing)
    for remark in _asked(filing, {*texts, *choices}).select_related("answered_by"):
        text = texts.get(remark.pk, remark.answer)
        if not is_returned and clean_text(text) != remark.answer:
            raise not_editable(filing)
        if remark.pk in seen:
            _refuse_if_newer(remark, [seen[remark.pk]], text, choices.get(remark.pk), by)
        if is_returned:
            _store(remark, text, choices.get(remark.pk, remark.state), by)


def _refuse_if_newer(
    remark: Remark, seen: Collection[SeenAnswer], text: str, choice: RemarkState | None, by: User
) -> None:
    """Raise NewerAnswer if the stored text or choice is neither one that the page has seen nor the one to store."""
    stored = remark.state if remark.state in CHOICES else ""
    newer = []
    if clean_text(remark.answer) not in {clean_text(text), *(clean_text(each.text) for each in seen)}:
        newer.append(f"说明改为{quote(remark.answer) if remark.answer else '空白'}")
    if choice and stored not in {choice, *(each.choice for each in seen)}:
        newer.append(f"办理情况改为「{REMARK_STATE[remark.state]}」")
    if newer:
        author = remark.answered_by
        name = "您在另一个窗口" if author == by else str(author or "其他用户")
        when = timezone.localtime(remark.answered_at).strftime("%H:%M") if remark.answered_at else ""
        reason = f"{name} {when} 已将{'、'.join(newer)}，您填写的内容未保存。"
        raise NewerAnswer(reason, remark.answer, stored)


def _lock_returned(filing: Filing) -> bool:
    """Lock the filing's row, and return whether the filing is returned, in a cycle that is not closed."""
    returned = Filing.objects.filter(pk=filing.pk, status=Status.RETURNED, cycle__closed_at=None)
    return returned.select_for_update(of=("self",)).exists()


def _asked(filing: Filing, remark_ids: Collection[int]) -> QuerySet[Remark]:
    """Select those of the remarks that are visible ones of the last return of this filing."""
    return Remark.objects.filter(pk__in=remark_ids, filing=filing, filing__round=F("round") + 1, internal=False)


def _store(remark: Remark, text: str, state: str, by: User) -> None:
    text = clean_text(text)
    if (text, state) == (remark.answer, remark.state):
        return
    if len(text) > LONGEST:
        raise AnswerTooLong(f"说明共 {len(text)} 字，请缩短到 {LONGEST} 字以内。")
    remark.answer, remark.state = text, state
    remark.answered_by, remark.answered_at = by, timezone.now()
    remark.save(update_fields=["answer", "state", "answered_by", "answered_at"])
