"""Build the steps of a filing from its status and its events. Reads nothing from the database.

The status, with the stage and the stage to resume at, decides which steps are done; the events give names and dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from filings import labels
from filings.choices import Action, Stage, Status
from filings.clocks.due import clock_of
from filings.clocks.publication import publish_by
from filings.clocks.working_days import Overrides, working_days_between
from filings.local_time import day
from filings.models import Filing
from filings.progress.steps import (
    APPROVAL,
    FILLING,
    PUBLICATION,
    SIGNING,
    FilingProgress,
    ProgressStep,
    StepState,
)


@dataclass(frozen=True)
class Move:
    """An event that moved a filing: the action, by whom, when, at which stage, and whether it was late."""

    action: str
    name: str
    office: str
    at: datetime
    stage: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class WaitingApproval:
    """A last approval that waits for its copy."""

    name: str
    at: datetime


@dataclass(frozen=True)
class PublicationFacts:
    """The publication of a filing: when and by whom, None if nothing is public.

    `withdrawn_at` and `withdrawn_by` are those of the last withdrawal of the version in force, if none of it is public.
    `basis` is that on which the table is withheld, '' if it is not. `is_newest` unless another copy is in force than
    the public one. `days` are the working days after an approval in which the copy is to be published.
    """

    days: int
    at: datetime | None = None
    name: str = ""
    office: str = ""
    is_newest: bool = True
    basis: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""


@dataclass(frozen=True)
class ProgressFacts:
    """Input for the steps of one filing.

    `moves` are in order; `names` are those who can fill in and sign, by the title of the step; `offices` are by stage.
    """

    filing: Filing
    moves: tuple[Move, ...]
    waiting: WaitingApproval | None
    publication: PublicationFacts
    names: Mapping[str, tuple[str, ...]]
    offices: Mapping[str, str]
    calendar: Overrides
    today: date

    def last(self, *actions: Action, stage: str = "") -> Move | None:
        found = (move for move in reversed(self.moves) if move.action in actions and stage in ("", move.stage))
        return next(found, None)


def build(facts: ProgressFacts) -> FilingProgress:
    """Return the progress of a filing."""
    steps = (
        _filling(facts),
        _signing(facts),
        *(_stage(facts, Stage(stage)) for stage in facts.filing.cycle.stages),
        _approval(facts),
        _publication(facts),
    )
    return FilingProgress(tuple(_with_time(facts, step) if step.is_now else step for step in steps), _notes(facts))


def _filling(facts: ProgressFacts) -> ProgressStep:
    filing = facts.filing
    step = ProgressStep(FILLING, StepState.NOW)
    if not filing.is_editable:
        move = facts.last(Action.SUBMIT)
        return replace(_done(step, move), note="逾期提交" if move and move.is_late else "")
    latest = facts.moves[-1] if facts.moves else None
    note = f"{latest.name} {day(latest.at)} 撤回修改" if latest and latest.action == Action.WITHDRAW else ""
    return replace(step, names=facts.names.get(FILLING, ()), note=note)


def _signing(facts: ProgressFacts) -> ProgressStep:
    filing = facts.filing
    step = ProgressStep(SIGNING, StepState.AHEAD)
    if filing.status in (Status.IN_REVIEW, Status.APPROVED):
        return _done(step, facts.last(Action.SIGN))
    if filing.status == Status.SIGNING:
        names = facts.names.get(SIGNING, ())
        return replace(step, state=StepState.NOW, names=names, note="" if names else "没有可以审签的人")
    latest = facts.moves[-1] if facts.moves else None
    if latest and latest.action == Action.SEND_BACK:
        return replace(_done(step, latest), state=StepState.RETURNED, note="退回填报人")
    return step


def _stage(facts: ProgressFacts, stage: Stage) -> ProgressStep:
    filing = facts.filing
    step = ProgressStep(labels.STAGE[stage], StepState.AHEAD, office=facts.offices.get(stage, ""))
    passed = facts.last(Action.APPROVE_STAGE, stage=stage)
    if filing.stage == stage:
        return _at_stage(facts, step)
    if not passed and stage not in filing.cycle.stages_for(filing.department):
        return replace(step, state=StepState.SKIPPED, office="", note="本单位无主管部门")
    if _is_behind(filing, stage):
        return _done(step, passed)
    returned = facts.last(Action.RETURN) if _is_in_correction(filing) else None
    if returned and returned.stage == stage:
        return replace(_done(step, returned), state=StepState.RETURNED, note=_way_back(filing, stage))
    return step


def _at_stage(facts: ProgressFacts, step: ProgressStep) -> ProgressStep:
    """Return the stage at which the filing is: claimed, not claimed, or decided on by an approval that waits."""
    if facts.waiting:
        return replace(step, state=StepState.DONE, names=(facts.waiting.name,), at=facts.waiting.at)
    reviewer = facts.filing.reviewer
    if reviewer and reviewer.is_active:
        return replace(step, state=StepState.NOW, names=(str(reviewer),), telephone=reviewer.telephone)
    return replace(step, state=StepState.NOW)


def _approval(facts: ProgressFacts) -> ProgressStep:
    step = ProgressStep(APPROVAL, StepState.AHEAD)
    approved = facts.last(Action.APPROVE_STAGE)
    if facts.filing.status == Status.APPROVED:
        return _done(step, approved)
    if facts.waiting:
        return replace(step, state=StepState.NOW, note="已批复，正在生成定稿")
    revoked = facts.last(Action.REVOKE)
    if revoked and facts.filing.status == Status.IN_REVIEW and revoked == facts.moves[-1]:
        return replace(_done(step, revoked), state=StepState.RETURNED, note="批复已撤回，重新审核")
    return step


def _publication(facts: ProgressFacts) -> ProgressStep:
    """Return the publication: done once the copy in force is public, ahead with its date, withdrawn, or withheld."""
    filing, public = facts.filing, facts.publication
    step = ProgressStep(PUBLICATION, StepState.AHEAD)
    if filing.department.withheld:
        return replace(step, state=StepState.SKIPPED, note="涉密单位，不公开")
    if public.basis:
        return replace(step, state=StepState.SKIPPED, note=f"不予公开：{public.basis}")
    if public.at and not (filing.status == Status.APPROVED and public.is_newest):
        return replace(step, note=f"原定稿 {day(public.at)} 已公开，新定稿待公开")
    if public.at:
        return replace(step, state=StepState.DONE, office=public.office, names=(public.name,), at=public.at)
    if public.withdrawn_at:
        withdrawn = replace(step, state=StepState.RETURNED, note="已撤下")
        return replace(withdrawn, names=(public.withdrawn_by,), at=public.withdrawn_at)
    approved = facts.last(Action.APPROVE_STAGE)
    if filing.status != Status.APPROVED or approved is None:
        return step
    due_on = publish_by(filing.cycle, approved.at, public.days, facts.calendar)
    return replace(step, note=f"应于 {due_on} 前公开{'，已逾期' if due_on < facts.today else ''}")


def _is_behind(filing: Filing, stage: Stage) -> bool:
    """Whether the stage has been passed: before the present stage, or before the one that a return resumes at."""
    if filing.status == Status.APPROVED:
        return True
    reached = filing.stage or filing.resume_stage
    order = list(Stage)
    return bool(reached) and order.index(stage) < order.index(Stage(reached))


def _is_in_correction(filing: Filing) -> bool:
    return bool(filing.resume_stage) and filing.status in (Status.RETURNED, Status.SIGNING)


def _way_back(filing: Filing, stage: Stage) -> str:
    if filing.resume_stage == stage:
        return "修改并审签后直接送本环节"
    return f"修改并审签后从{labels.STAGE[filing.resume_stage]}重新审核"


def _done(step: ProgressStep, move: Move | None) -> ProgressStep:
    """Return the step as done by the user of the event; without an event, by no one named."""
    if move is None:
        return replace(step, state=StepState.DONE)
    office = "" if step.title in (FILLING, SIGNING) else move.office
    return replace(step, state=StepState.DONE, office=office, names=(move.name,), at=move.at)


def _with_time(facts: ProgressFacts, step: ProgressStep) -> ProgressStep:
    """Add days waited and time limit to the present step, unless the cycle is closed or the copy is being made."""
    filing = facts.filing
    if filing.cycle.closed_at or facts.waiting:
        return step
    waited = working_days_between(timezone.localdate(filing.held_since), facts.today, facts.calendar)
    return replace(step, waited=waited, clock=clock_of(filing, facts.calendar, facts.today))


def _notes(facts: ProgressFacts) -> tuple[str, ...]:
    notes = ["批次已结束，不再办理。"] if facts.filing.cycle.closed_at else []
    if facts.filing.adjusts_id:
        notes.append("正在调整。新表批复之前，原定稿仍然有效。")
    return tuple(notes)
