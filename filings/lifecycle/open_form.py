"""开放全表: open all of a table that was returned with only some rows open, while the department corrects it.

Recorded in the history as a waiver, of the restriction to those rows. It does not raise `Filing.lock`, so that what the
department is typing is saved.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from filings import permissions
from filings.choices import Action, MessageKind, Role, Status
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.lifecycle import events
from filings.lifecycle.messages.enqueue import announce
from filings.lifecycle.messages.recipients import members
from filings.lifecycle.messages.sentences import table_name
from filings.models import Event, Filing, User
from filings.permissions import Access
from filings.reviewing.remarks import last_return

WHOLE_FORM = "whole_form"


def may_open(user: User, filing: Filing) -> Access:
    """Whether the user may open the whole table: managers, and the reviewer who returned it."""
    running = permissions.may_act_in(filing.cycle)
    if not running:
        return running
    memberships = permissions.memberships_of(user)
    if any(membership.department_id == filing.department_id for membership in memberships):
        return Access(False, f"您在「{filing.department}」任职，不能开放本单位的申报表。")
    manages = permissions.may_manage(user)
    if manages:
        return manages
    review = last_return(filing)
    acting = next((membership for membership in memberships if membership.role == Role.REVIEWER), None)
    if review is None or review.by_id != user.pk or acting is None:
        return Access(False, "开放全表由退回的审核人或管理员办理。")
    return Access(True, acting=acting)


def can_be_opened(filing: Filing) -> bool:
    return filing.status == Status.RETURNED and filing.reopened is not None


def open_form(filing: Filing, *, by: User) -> None:
    """Let the department change every row. Raises StepRefused, and then nothing has changed."""
    access = may_open(by, filing)
    if not access.acting:
        raise NotAllowed(access.reason)
    with transaction.atomic():
        locked = Filing.objects.select_for_update(of=("self",)).select_related("cycle__edition", "department")
        filing = locked.get(pk=filing.pk)
        if filing.status != Status.RETURNED:
            raise StepRefused("只有被退回、正在修改的申报表可以开放全表。")
        if filing.reopened is None:
            raise AlreadyDone()
        Filing.objects.filter(pk=filing.pk).update(reopened=None)
        detail = {"opened": WHOLE_FORM}
        event = events.record(filing, Action.WAIVE, by=by, acting=access.acting, time=timezone.now(), detail=detail)
        _announce(event, f"{access.acting.place_name}{by}")


def _announce(event: Event, opener: str) -> None:
    filing = event.filing
    announce(
        MessageKind.RETURNED,
        key=f"event:{event.pk}",
        text=f"{opener}开放了{table_name(filing.cycle, filing.department)}的全表，各行都可以修改。",
        to=[user.pk for user in members(filing, Role.FILLER)],
        url=reverse("fill", args=[filing.pk]),
        filing=filing,
    )
