"""The bureau's work in this year's cycle, so that each of its pages has content.

Unlike the histories, these steps are taken now, with their permissions and messages. The worker carries out the queued
tasks: messages, exports, the comparison for copied content.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from filings.choices import Action, ExportKind, OfficeKind, Stage, Status
from filings.clocks.working_days import add_working_days, overrides
from filings.demonstration.county_data import LargeCounty
from filings.demonstration.organisation import Staff
from filings.document import place
from filings.exports import jobs
from filings.exports.file_names import DEFAULT_PATTERN
from filings.lifecycle import approvals, claims, consultations, workflow
from filings.lifecycle.messages.enqueue import enqueue
from filings.models import CopyComparison, Cycle, Event, Filing, Office, PendingApproval, User
from filings.oversight import copies, extend, remind
from filings.reviewing import review_draft
from filings.reviewing.draft_content import DraftContent, DraftRemark

# How long the approval waits for its copy, so that the page of a waiting one can be looked at.
WAIT = timedelta(hours=8)
REMINDED, EXTENDED = 5, 2
_DAYS_TO_ANSWER, _DAYS_OF_EXTENSION = 3, 10


@dataclass(frozen=True)
class BureauWork:
    """The cycle with its county and the users who act: a manager, and the reviewers by office."""

    county: LargeCounty
    cycle: Cycle
    manager: User
    staff: Staff

    @property
    def texts(self) -> Mapping[str, Any]:
        return self.county.data

    def filings(self, status: Status, stage: str = "") -> list[Filing]:
        """Return the filings of the large county in this state that no one has claimed."""
        codes = [plan.code for plan in self.county.departments]
        found = self.cycle.filings.filter(status=status, stage=stage, reviewer=None, department__code__in=codes)
        related = found.select_related("cycle__edition", "department__section", "department__supervisor")
        return list(related.order_by("department__code"))

    def reviewers(self, filing: Filing) -> list[User]:
        """Return the reviewers of the filing's stage, those of the small demonstration first."""
        section = filing.department.section
        memberships = self.staff.performance
        if filing.stage == Stage.SECTION and section:
            memberships = self.staff.reviewers[section.name]
        return sorted((each.user for each in memberships), key=lambda user: not user.username.startswith("demo-"))


@transaction.atomic
def carry_out(work: BureauWork) -> None:
    """Do everything, once: the comparison is the last step."""
    if CopyComparison.objects.filter(cycle=work.cycle).exists():
        return
    _announce_last_steps(work.cycle)
    in_section = work.filings(Status.IN_REVIEW, Stage.SECTION)
    in_performance = work.filings(Status.IN_REVIEW, Stage.PERFORMANCE)
    _claim(work, in_section[0::2])
    _ask(work, [*in_section[1::4], *in_performance[:1]])
    _write_draft(work, in_section[3:4])
    _queue_approval(work, in_performance[1:2])
    _revoke(work, work.filings(Status.APPROVED)[-1:])
    _remind_and_extend(work)
    for kind in ExportKind:
        jobs.queue_export(work.cycle, kind, DEFAULT_PATTERN, by=work.manager, now=timezone.now())
    copies.queue_comparison(work.cycle, by=work.manager, now=timezone.now())


def _announce_last_steps(cycle: Cycle) -> None:
    """Queue the messages about the last step of each filing, which the histories leave out."""
    newest: dict[int, Event] = {}
    for event in Event.objects.filter(filing__cycle=cycle).order_by("filing", "number"):
        newest[event.filing_id] = event
    for event in newest.values():
        enqueue(event)


def _claim(work: BureauWork, filings: Iterable[Filing]) -> None:
    """Claim filings for the first reviewer of their stage; every third one goes to a colleague and back."""
    for number, filing in enumerate(filings):
        first, second, *_ = work.reviewers(filing)
        claims.claim(filing, by=first)
        if number % 3 == 2:
            claims.hand_over(filing, by=first, to=second)
            claims.claim(filing, by=first, over=second.pk)


def _ask(work: BureauWork, filings: Iterable[Filing]) -> None:
    """Ask other offices about the first rows of filings; every second question is answered."""
    due_on = add_working_days(timezone.localdate(), _DAYS_TO_ANSWER, overrides())
    for number, filing in enumerate(filings):
        rows = filing.revisions.latest("number").document().indicators[:2]
        kinds = [OfficeKind.SECTION if filing.stage == Stage.PERFORMANCE else OfficeKind.PERFORMANCE]
        office = Office.objects.filter(kind__in=kinds, memberships__isnull=False).order_by("pk").distinct()[0]
        asked = consultations.ask(
            filing,
            places=[place.indicator(row.key) for row in rows],
            question=work.texts["questions"][number % len(work.texts["questions"])],
            to=office,
            due_on=due_on,
            by=work.reviewers(filing)[0],
        )
        if number % 2:
            by = office.memberships.order_by("pk")[0].user
            consultations.answer(asked, work.texts["consultation_answers"][0], by=by)


def _write_draft(work: BureauWork, filings: Iterable[Filing]) -> None:
    """Begin a review without a decision."""
    for filing in filings:
        revision = filing.revisions.latest("number")
        row = revision.document().indicators[0]
        remark = DraftRemark(f"「{row.name}」请写明依据。", code="measure")
        content = DraftContent(remarks={str(place.indicator(row.key)): remark})
        review_draft.save(revision, work.reviewers(filing)[0], content, 1)


def _queue_approval(work: BureauWork, filings: Iterable[Filing]) -> None:
    """Let a last approval wait for its copy for longer than the cycle's time to undo."""
    for filing in filings:
        by, now = work.reviewers(filing)[0], timezone.now()
        content = DraftContent(
            grade="good", reason=work.texts["final_opinions"][0], exception_reason=work.texts["exception_reason"]
        )
        approval = PendingApproval.objects.create(
            filing=filing, by=by, lock=filing.lock, decision=content.to_json(), queued_at=now, due_at=now + WAIT
        )
        approvals.carry_out.using(run_after=approval.due_at).enqueue(approval.pk)


def _revoke(work: BureauWork, filings: Iterable[Filing]) -> None:
    for filing in filings:
        reason = work.texts["revocations"][0]
        workflow.perform(Action.REVOKE, filing, by=work.manager, expected_lock=filing.lock, reason=reason)


def _remind_and_extend(work: BureauWork) -> None:
    """Remind some departments that have not begun, and extend the deadline of others."""
    filed = work.cycle.filings.values("department")
    waiting = work.cycle.enrolments.exclude(department__in=filed).order_by("department__code")
    keys = [str(key) for key in waiting.values_list("department", flat=True)[: REMINDED + EXTENDED]]
    now = timezone.now()
    if reminded := keys[:REMINDED]:
        remind.remind(work.cycle, reminded, work.texts["reminder"], by=work.manager, now=now)
    until = add_working_days(work.cycle.deadline, _DAYS_OF_EXTENSION, overrides())
    if extended := keys[REMINDED:]:
        extend.extend(work.cycle, extended, until, work.texts["extensions"][0], by=work.manager, now=now)
