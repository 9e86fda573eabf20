"""催办 from the board: a page with the sentence, the sending, and the texts for 政务微信 afterwards."""

from datetime import UTC, datetime
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from filings.errors import NotAllowed, StepRefused
from filings.models import Cycle
from filings.models.keys import parse_key
from filings.oversight import remind, sentences
from filings.oversight.enrolled import EnrolledDepartment
from filings.views.access import UserRequest, overseen_cycle
from filings.views.board.page import board_page
from filings.views.board.selected import selected_rows

# Microseconds since 1970 at the end of the year 9999, the last one that a datetime can hold.
LATEST_TIME = 253_402_300_799_999_999


@login_required
def compose(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show the sentence filled in for each selected department. Nothing is stored."""
    cycle = overseen_cycle(request, cycle_id)
    if request.method != "POST":
        return redirect("board", cycle.pk)
    try:
        rows = selected_rows(request, cycle)
    except StepRefused as refusal:
        return board_page(request, cycle, refusal=refusal.reason)
    return _compose_page(request, cycle, rows, request.POST.get("sentence", sentences.default_sentence(cycle)))


@login_required
def send(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Send the reminders. A refusal shows the page again with the sentence as typed."""
    cycle = overseen_cycle(request, cycle_id)
    if request.method != "POST":
        return redirect("board", cycle.pk)
    ids, typed = request.POST.getlist("department"), request.POST.get("sentence", "")
    try:
        at = remind.remind(cycle, ids, typed, by=request.user, now=timezone.now())
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        return _refused(request, cycle, typed, refusal.reason)
    microseconds = round(at.timestamp() * 1_000_000)
    return redirect(f"{reverse('board_reminded', args=(cycle.pk,))}?at={microseconds}")


@login_required
def reminded(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show the reminders that the user has sent at one time, as texts for 政务微信."""
    cycle = overseen_cycle(request, cycle_id)
    sent = remind.reminded_at(cycle, request.user, _time(request.GET.get("at", "")))
    if not sent:
        raise Http404("没有这次催办，或者不是您发的。")
    context = {"cycle": cycle, "reminders": sent, "groups": _groups(sent), "has_email": bool(settings.EMAIL_HOST)}
    return render(request, "filings/board/reminded.html", context)


def _refused(request: UserRequest, cycle: Cycle, typed: str, reason: str) -> HttpResponse:
    try:
        rows = selected_rows(request, cycle)
    except StepRefused:
        rows = []
    return _compose_page(request, cycle, rows, typed, refusal=reason)


def _compose_page(
    request: UserRequest, cycle: Cycle, rows: list[EnrolledDepartment], sentence: str, *, refusal: str = ""
) -> HttpResponse:
    ready = [row for row in rows if remind.can_be_reminded(row)]
    reminders = remind.reminders_for(ready, sentence[: sentences.LONGEST_SENTENCE], today=timezone.localdate())
    context = {
        "cycle": cycle,
        "rows": list(zip(ready, reminders, strict=True)),
        "left_out": [row for row in rows if not remind.can_be_reminded(row)],
        "sentence": sentence,
        "refusal": refusal,
        "has_email": bool(settings.EMAIL_HOST),
    }
    return render(
        request, "filings/board/remind.html", context, status=HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    )


def _groups(reminders: list[remind.Reminder]) -> list[tuple[str, str, str]]:
    """Join the texts, one line each, into a message for the departments and one for the reviewers: (id, to, text).

    Delays of reviewers do not belong into the group of the departments.
    """
    named = (("together", "各单位（填报、修改、审签）", False), ("together-reviewers", "审核人（审核）", True))
    texts = [
        (key, to, "\n".join(reminder.text for reminder in reminders if reminder.to_reviewers is to_reviewers))
        for key, to, to_reviewers in named
    ]
    return [group for group in texts if group[2]]


def _time(text: str) -> datetime:
    """Parse microseconds since 1970. Raises Http404."""
    time = parse_key(text)
    if time is None or time > LATEST_TIME:
        raise Http404
    seconds, microseconds = divmod(time, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds)
