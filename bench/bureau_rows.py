"""The rows of one filing with a short history. Import it after Django's settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from filings.choices import Action, MessageKind, Stage, Status
from filings.models import (
    Assessment,
    BudgetAmount,
    Cycle,
    Department,
    Edit,
    Enrolment,
    Event,
    Filing,
    Finding,
    IssuedCopy,
    Message,
    Remark,
    Review,
    Revision,
    User,
)

CODES = (("M6", "T4", "N1"), ("T4", "R2", "T1"))
SAVES = 4
PREPARATION = (Action.START, Action.SUBMIT, Action.SIGN)


@dataclass(frozen=True)
class Participants:
    """Who acts in a filing."""

    department: Department
    filler: User
    head: User
    section_reviewer: User
    performance_reviewer: User


@dataclass(frozen=True)
class Past:
    """How far a filing has come, and when its holder received it. `number` varies its contents."""

    number: int
    status: str
    stage: str
    since: datetime
    due_on: date
    content: str

    @property
    def rounds(self) -> int:
        is_reviewed = self.status in (Status.IN_REVIEW, Status.APPROVED)
        return 2 if is_reviewed and self.number % 4 == 0 else 1

    @property
    def is_returned(self) -> bool:
        return self.rounds == 2 or self.status == Status.RETURNED

    @property
    def passed(self) -> tuple[Stage, ...]:
        """The stages passed in the last round."""
        if self.status == Status.APPROVED:
            return (Stage.SECTION, Stage.PERFORMANCE)
        return (Stage.SECTION,) if self.stage == Stage.PERFORMANCE else ()


def rows_of(cycle: Cycle, people: Participants, past: Past | None) -> Iterator[models.Model]:
    """Yield the rows of a department in a cycle, parents first; None for one that has not begun."""
    yield Enrolment(cycle=cycle, department=people.department)
    if past is None:
        return
    filing = _filing(cycle, people, past)
    yield filing
    yield from _draft(filing, people, past)
    if past.status == Status.DRAFT:
        return
    for number in range(1, past.rounds + 1):
        revision = Revision(
            filing=filing,
            number=number,
            receipt=f"{cycle.pk}-{past.number}-{number}",
            content=past.content,
            submitted_by=people.filler,
            submitted_at=past.since,
        )
        yield revision
        yield from _findings(revision, past)
        yield from _decisions(filing, revision, people, past)
    yield from _events(filing, people, past)
    if past.status == Status.APPROVED:
        yield IssuedCopy(
            filing=filing, revision=revision, sha256="", code=f"{cycle.pk}-{past.number}", issued_at=past.since
        )


def _filing(cycle: Cycle, people: Participants, past: Past) -> Filing:
    is_claimed = past.status == Status.IN_REVIEW and past.number % 3 == 0
    reviewer = people.section_reviewer if past.stage == Stage.SECTION else people.performance_reviewer
    return Filing(
        cycle=cycle,
        department=people.department,
        status=past.status,
        stage=past.stage,
        round=past.rounds + (past.status == Status.RETURNED),
        held_since=past.since,
        due_on=None if past.status == Status.APPROVED else past.due_on,
        reviewer=reviewer if is_claimed else None,
        claimed_at=past.since if is_claimed else None,
        resume_stage=Stage.SECTION if past.status == Status.RETURNED else "",
        resume_reviewer=people.section_reviewer if past.is_returned else None,
    )


def _draft(filing: Filing, people: Participants, past: Past) -> Iterator[models.Model]:
    for line in ("TOTAL", "INC.GENERAL", "EXP.BASIC"):
        yield BudgetAmount(filing=filing, line=line, raw="100", fen=past.number % 977 * 10_000)
    for number in range(SAVES):
        yield Edit(filing=filing, client_id=str(number), by=people.filler, at=past.since, changes=[])


def _findings(revision: Revision, past: Past) -> Iterator[models.Model]:
    counts = {"errors": 0, "warnings": 2 + past.number % 5, "advice": 1, "asked": 2, "explained": 1 + past.number % 2}
    yield Assessment(revision=revision, at=past.since, **counts)
    for number, code in enumerate(CODES[past.number % 2], start=1):
        yield Finding(
            revision=revision, number=number, code=code, severity="warning", identity=f"{code}-{number}", places=[]
        )


def _decisions(filing: Filing, revision: Revision, people: Participants, past: Past) -> Iterator[models.Model]:
    """Yield a return with two remarks for a round that was returned, otherwise the stages passed."""
    entered: dict[str, Any] = {"revision": revision, "round": revision.number, "at": past.since, "by_name": "审核人"}
    if past.is_returned and revision.number == 1:
        review = Review(stage=Stage.SECTION, decision=Action.RETURN, by=people.section_reviewer, **entered)
        yield review
        for place in ("goals[0]", "amounts[TOTAL]"):
            yield Remark(filing=filing, review=review, place=place, code="measure", text="请写明数量。")
        return
    for stage in past.passed:
        by = people.section_reviewer if stage == Stage.SECTION else people.performance_reviewer
        yield Review(stage=stage, decision=Action.APPROVE_STAGE, by=by, grade="good", **entered)


def _events(filing: Filing, people: Participants, past: Past) -> Iterator[models.Model]:
    steps = [(Action.START, people.filler), (Action.SUBMIT, people.filler)]
    if past.status != Status.SIGNING:
        steps.append((Action.SIGN, people.head))
    if past.is_returned:
        steps.append((Action.RETURN, people.section_reviewer))
    if past.rounds == 2:
        steps += [(Action.SUBMIT, people.filler), (Action.SIGN, people.head)]
    by_stage = {Stage.SECTION: people.section_reviewer, Stage.PERFORMANCE: people.performance_reviewer}
    steps += [(Action.APPROVE_STAGE, by_stage[stage]) for stage in past.passed]
    for number, (action, by) in enumerate(steps, start=1):
        at = past.since + timedelta(minutes=number)
        yield Event(filing=filing, number=number, action=action, by=by, at=at, detail="{}")
    for user in by_stage.values():
        read_at = past.since if past.status == Status.APPROVED or past.number % 2 else None
        yield Message(
            user=user,
            kind=MessageKind.SIGNED,
            key=f"{filing.cycle_id}-{past.number}",
            filing=filing,
            text=f"「{people.department}」的申报表已送审。",
            at=past.since,
            read_at=read_at,
        )
