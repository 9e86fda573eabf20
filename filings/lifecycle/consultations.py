"""征求意见: ask another office or user about named rows of a table under review, and answer.

Each step is recorded in the filing's history. It changes neither the filing's status nor its lock.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from filings import permissions
from filings.actions.spec import Demand
from filings.actions.table import ACTIONS
from filings.choices import Action, MessageKind, Status
from filings.document.place import Place
from filings.errors import AlreadyDone, NotAllowed, StepRefused, checked_text
from filings.lifecycle import events
from filings.lifecycle.messages.enqueue import announce
from filings.lifecycle.messages.sentences import table_name
from filings.lifecycle.waiting_approval import refuse_while_waiting
from filings.local_time import moment
from filings.models import Consultation, Event, Filing, IssuedCopy, Membership, Office, User
from filings.models.reviewing.consultation import LONGEST_ANSWER, LONGEST_QUESTION

MOST_PLACES = 100


def unanswered(filings: Iterable[Filing]) -> QuerySet[Consultation]:
    """Select the open questions about the filings, with their addressees."""
    waiting = Consultation.objects.filter(revision__filing__in=filings, answered_at=None, withdrawn_at=None)
    return waiting.select_related("revision__filing__department", "to_user", "to_office")


def close_unanswered(filing: Filing, now: datetime) -> None:
    """End the open questions about a filing at its last approval, with the time of the issued copy."""
    Consultation.objects.filter(revision__filing=filing, answered_at=None, withdrawn_at=None).update(withdrawn_at=now)


def with_approval(questions: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Annotate as `is_approved` whether an approval ended the question; otherwise the user who asked withdrew it."""
    return questions.annotate(is_approved=Exists(_copies(OuterRef("revision__filing"), OuterRef("withdrawn_at"))))


@transaction.atomic
def ask(
    filing: Filing, *, places: Iterable[Place], question: str, to: User | Office, due_on: date, by: User
) -> Consultation:
    """Ask about rows of the last revision. Raises StepRefused, and then nothing has changed."""
    filing = _locked(filing)
    if filing.status != Status.IN_REVIEW:
        raise StepRefused(ACTIONS[Action.CONSULT].out_of_turn)
    refuse_while_waiting(filing)
    acting = _acting(permissions.may(by, Action.CONSULT, filing))
    rows = list(dict.fromkeys(str(place) for place in places))
    blank = ACTIONS[Action.CONSULT].demands[Demand.REASON]
    question = checked_text(question, "征求的问题", longest=LONGEST_QUESTION, blank=blank)
    _check(filing, rows, to, due_on, by)
    consultation = Consultation.objects.create(
        revision=filing.present_revision(),
        places=rows,
        question=question,
        by=by,
        by_name=by.name,
        by_office=acting.place_name,
        at=timezone.now(),
        due_on=due_on,
        to_user=to if isinstance(to, User) else None,
        to_office=to if isinstance(to, Office) else None,
    )
    _record(consultation, by, acting, {"to": str(to), "reason": question})
    _announce(
        MessageKind.CONSULTED,
        consultation,
        [to.pk] if isinstance(to, User) else _members(to, filing, but=by),
        f"{acting.place_name}{by}就{_table(filing)}的 {len(rows)} 行征求您的意见：{question} 请于 {due_on} 前答复。",
    )
    return consultation


@transaction.atomic
def answer(consultation: Consultation, text: str, *, by: User) -> None:
    """Store the answer. Raises StepRefused if it has been answered or withdrawn meanwhile."""
    acting = _acting(permissions.may_answer(by, consultation))
    text = checked_text(text, "答复意见", longest=LONGEST_ANSWER, blank="请写明答复意见。")
    open_one = Consultation.objects.filter(pk=consultation.pk, answered_at=None, withdrawn_at=None)
    if not open_one.update(answer=text, answered_by=by, answered_by_name=by.name, answered_at=timezone.now()):
        raise _closed(consultation, by)
    _record(consultation, by, acting, {"answer": text})
    filing = consultation.revision.filing
    sentence = f"{acting.place_name}{by}答复了您就{_table(filing)}征求的意见：{text}"
    _announce(MessageKind.CONSULTATION_ANSWERED, consultation, [consultation.by_id], sentence)


@transaction.atomic
def withdraw(consultation: Consultation, *, by: User) -> None:
    """Withdraw a question that has no answer yet; only the user who asked may."""
    acting = _acting(permissions.may_withdraw_question(by, consultation))
    open_one = Consultation.objects.filter(pk=consultation.pk, answered_at=None, withdrawn_at=None)
    if not open_one.update(withdrawn_at=timezone.now()):
        raise _closed(consultation, by)
    _record(consultation, by, acting, {"withdrawn": "1"})


def _check(filing: Filing, places: list[str], to: User | Office, due_on: date, by: User) -> None:
    if not places:
        raise StepRefused("请至少选一行。")
    if len(places) > MOST_PLACES:
        raise StepRefused(f"选了 {len(places)} 行，最多 {MOST_PLACES} 行。")
    if due_on < timezone.localdate():
        raise StepRefused(f"答复期限 {due_on} 已经过了，请改为今天或以后。")
    if isinstance(to, User):
        if to == by:
            raise StepRefused("不能向自己征求意见。")
        if not to.is_active or not to.memberships.exists():
            raise StepRefused(f"「{to}」已停用或没有任职，请改选。")
        if to.memberships.filter(department=filing.department).exists():
            raise StepRefused(f"「{to}」在「{filing.department}」任职；要填报单位说明的，请写意见退回。")


def _acting(access: permissions.Access) -> Membership:
    if access.acting is None:
        raise NotAllowed(access.reason)
    return access.acting


def _locked(filing: Filing) -> Filing:
    locked = Filing.objects.select_for_update(of=("self",)).select_related("cycle__edition", "department")
    return locked.get(pk=filing.pk)


def _record(consultation: Consultation, by: User, acting: Membership, detail: Mapping[str, str]) -> Event:
    filing = _locked(consultation.revision.filing)
    detail = {"consultation": str(consultation.pk), **detail}
    return events.record(filing, Action.CONSULT, by=by, acting=acting, time=timezone.now(), detail=detail)


def _announce(kind: MessageKind, consultation: Consultation, to: Iterable[int], text: str) -> None:
    """Queue a message that links to the question."""
    announce(
        kind,
        key=f"consultation:{consultation.pk}:{kind}",
        text=text,
        to=to,
        url=reverse("consultation", args=[consultation.pk]),
        filing=consultation.revision.filing,
    )


def _table(filing: Filing) -> str:
    return table_name(filing.cycle, filing.department)


def _members(office: Office, filing: Filing, *, but: User) -> list[int]:
    """Return the other active members of the office who are not members of the filing's department."""
    members = User.objects.filter(is_active=True, memberships__office=office).exclude(pk=but.pk)
    outside = members.exclude(memberships__department=filing.department)
    return list(outside.distinct().values_list("pk", flat=True))


def _closed(consultation: Consultation, by: User) -> StepRefused:
    current = Consultation.objects.select_related("revision").get(pk=consultation.pk)
    if current.withdrawn_at and _copies(current.revision.filing_id, current.withdrawn_at).exists():
        return StepRefused(f"申报表已在 {moment(current.withdrawn_at)} 批复，不再需要答复。")
    if current.withdrawn_at:
        return StepRefused(f"{current.by_name}已经撤回了这次征求意见，不需要再答复。")
    if current.answered_by_id == by.pk:
        return AlreadyDone()
    when = moment(current.answered_at)
    return StepRefused(f"{current.answered_by_name}在 {when} 已经答复，您写的内容未保存。请核对后联系提出人。")


def _copies(filing: int | OuterRef, issued_at: datetime | OuterRef) -> QuerySet[IssuedCopy]:
    """Select the copy of a filing that was issued when its open questions ended."""
    return IssuedCopy.objects.filter(filing=filing, issued_at=issued_at)
