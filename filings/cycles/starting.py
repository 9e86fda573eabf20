"""Check a cycle before it is started, and start it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from filings.clocks.working_days import Overrides, is_working_day, overrides
from filings.cycles.calendar import is_announced
from filings.cycles.people import staffing
from filings.errors import StepRefused
from filings.local_time import day
from filings.models import Cycle, Department, User
from filings.policy.errors import PolicyError


class SetupStep(StrEnum):
    """The steps of setting up a cycle, in order."""

    EDITION = "edition"
    DETAILS = "details"
    POLICY = "policy"
    PUBLICATION = "publication"
    DEPARTMENTS = "departments"
    PEOPLE = "people"
    SEALS = "seals"
    CONTROLS = "controls"
    START = "start"
    CLOSE = "close"


@dataclass(frozen=True)
class SetupCheck:
    """A sentence about something missing or unusual. One that `stops` prevents the start.

    `in_calendar` is whether the calendar of working days is the page for it, not that of the step.
    """

    step: SetupStep
    sentence: str
    stops: bool = False
    in_calendar: bool = False


def checks(cycle: Cycle, today: date) -> list[SetupCheck]:
    """Return all that is missing or unusual, in the order of the steps."""
    return [
        *_dates(cycle, today),
        *_policy(cycle),
        *_departments(cycle),
        *(SetupCheck(SetupStep.PEOPLE, gap.sentence, gap.stops) for gap in staffing.gaps(cycle)),
        *_seals_and_controls(cycle),
    ]


@transaction.atomic
def start(cycle: Cycle, *, by: User, now: datetime, today: date) -> None:
    """Start a cycle, so that its departments see it. Raises StepRefused with what prevents it."""
    stored = Cycle.objects.select_for_update(of=("self",)).select_related("started_by", "edition").get(pk=cycle.pk)
    if stored.started_at:
        raise StepRefused(
            f"{stored.started_by or '系统'}已于 {day(stored.started_at)} 启动了这个批次，不需要重复启动。"
        )
    stopping = [check.sentence for check in checks(stored, today) if check.stops]
    if stopping:
        raise StepRefused(f"尚有 {len(stopping)} 项未办理，不能启动：{stopping[0]}")
    Cycle.objects.filter(pk=cycle.pk).update(started_at=now, started_by=by)


def _dates(cycle: Cycle, today: date) -> Iterator[SetupCheck]:
    if not cycle.started_at and cycle.deadline < today:
        yield SetupCheck(SetupStep.DETAILS, f"截止日期 {cycle.deadline} 已经过了，请改到今天以后。", stops=True)
    calendar = overrides()
    if not is_working_day(cycle.deadline, calendar):
        yield SetupCheck(SetupStep.DETAILS, f"截止日期 {cycle.deadline} 不是工作日。")
    yield from missing_holidays(cycle, calendar)
    others = Cycle.objects.filter(year=cycle.year, edition__code=cycle.edition.code).exclude(pk=cycle.pk)
    for other in others.select_related("edition"):
        yield SetupCheck(SetupStep.DETAILS, f"{cycle.year} 年同一表样已有批次「{other}」，请确认不是重复。")


def missing_holidays(cycle: Cycle, calendar: Overrides) -> Iterator[SetupCheck]:
    """Yield a notice for each year of the cycle's dates whose holidays are neither announced nor entered."""
    entered = {day.year for day in calendar}
    for year in sorted({cycle.opens_on.year, cycle.deadline.year} - entered):
        if not is_announced(year):
            sentence = f"{year} 年的放假安排尚未载入，办理期限按周一至周五上班计算，请登记节假日和调休。"
            yield SetupCheck(SetupStep.DETAILS, sentence, in_calendar=True)


def _policy(cycle: Cycle) -> Iterator[SetupCheck]:
    try:
        policy = cycle.review_policy()
    except PolicyError as error:
        yield SetupCheck(SetupStep.POLICY, str(error), stops=True)
        return
    if not policy.score_sheet.verified:
        yield SetupCheck(SetupStep.POLICY, "审核表的分值和等级分数线未经核实，请按本地规定修改后勾选「已核实」。")


def _departments(cycle: Cycle) -> Iterator[SetupCheck]:
    if not cycle.enrolments.exists():
        yield SetupCheck(SetupStep.DEPARTMENTS, "名单上尚无单位。", stops=True)


def _seals_and_controls(cycle: Cycle) -> Iterator[SetupCheck]:
    enrolled = Department.objects.filter(enrolments__cycle=cycle)
    if count := enrolled.filter(seal="").count():
        yield SetupCheck(SetupStep.SEALS, f"{count} 个单位没有印章图片，它们的定稿上没有印章。")
    if count := enrolled.exclude(control_figures__cycle=cycle).count():
        yield SetupCheck(SetupStep.CONTROLS, f"{count} 个单位没有预算控制数，它们的资金总额不与控制数核对。")
