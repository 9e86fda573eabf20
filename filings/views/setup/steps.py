"""The steps of setting up a cycle, as every page of a step shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from filings.cycles import starting
from filings.cycles.starting import SetupCheck, SetupStep
from filings.local_time import moment
from filings.models import Cycle, Department, Membership

LABELS: dict[SetupStep, str] = {
    SetupStep.EDITION: "表样",
    SetupStep.DETAILS: "批次",
    SetupStep.POLICY: "审核办法",
    SetupStep.PUBLICATION: "公开办法",
    SetupStep.DEPARTMENTS: "单位",
    SetupStep.PEOPLE: "人员和角色",
    SetupStep.SEALS: "印章",
    SetupStep.CONTROLS: "控制数",
    SetupStep.START: "启动",
    SetupStep.CLOSE: "结束",
}


@dataclass(frozen=True)
class StepLink:
    """A step with its address and what is done; `checks` are what is missing or unusual."""

    step: SetupStep
    label: str
    url: str
    done: str
    checks: tuple[SetupCheck, ...]

    @property
    def stops(self) -> bool:
        """Whether something here prevents the start."""
        return any(check.stops for check in self.checks)


def steps(cycle: Cycle) -> list[StepLink]:
    """Return the steps in order, with what is done and what is missing."""
    checks = starting.checks(cycle, timezone.localdate())
    done = _done(cycle)
    return [
        StepLink(step, label, address(step, cycle), done[step], tuple(_of(step, checks)))
        for step, label in LABELS.items()
    ]


def address(step: SetupStep, cycle: Cycle) -> str:
    name = "controls" if step == SetupStep.CONTROLS else f"setup_{step}"
    return reverse(name, args=[cycle.pk])


def page_context(cycle: Cycle, current: SetupStep) -> dict[str, object]:
    """Return what every page of a step needs: the links to all steps without their checks, and the current one."""
    links = [(step, label, address(step, cycle)) for step, label in LABELS.items()]
    index = list(LABELS).index(current)
    following = links[index + 1] if index + 1 < len(links) else None
    return {"cycle": cycle, "step_links": links, "current": current, "following": following}


def _of(step: SetupStep, checks: Iterable[SetupCheck]) -> Iterable[SetupCheck]:
    return (check for check in checks if check.step == step)


def _done(cycle: Cycle) -> dict[SetupStep, str]:
    """Describe briefly what is done in each step."""
    enrolled = Department.objects.filter(enrolments__cycle=cycle)
    count = enrolled.count()
    people = Membership.objects.filter(department__enrolments__cycle=cycle, user__is_active=True)
    reviewers = Membership.objects.filter(office__isnull=False, user__is_active=True)
    by = f"，{cycle.started_by.name}办理" if cycle.started_by else ""
    return {
        SetupStep.EDITION: f"{cycle.edition.name}，第 {cycle.edition.version} 版",
        SetupStep.DETAILS: f"{cycle.year} 年，{cycle.opens_on} 至 {cycle.deadline}",
        SetupStep.POLICY: f"原因 {len(cycle.policy.get('reasons', ()))} 个",
        SetupStep.PUBLICATION: _publication(cycle),
        SetupStep.DEPARTMENTS: f"名单上有 {count} 个单位",
        SetupStep.PEOPLE: f"单位 {people.values('user').distinct().count()} 人，"
        f"财政局 {reviewers.values('user').distinct().count()} 人",
        SetupStep.SEALS: f"{enrolled.exclude(seal='').count()} 个单位有印章",
        SetupStep.CONTROLS: f"{enrolled.filter(control_figures__cycle=cycle).distinct().count()} 个单位有控制数",
        SetupStep.START: f"{moment(cycle.started_at)} 已启动{by}" if cycle.started_at else "尚未启动",
        SetupStep.CLOSE: f"{moment(cycle.closed_at)} 已结束，{cycle.closed_by_name}办理"
        if cycle.closed_at
        else "尚未结束",
    }


def _publication(cycle: Cycle) -> str:
    if cycle.publish_by:
        return f"公开期限 {cycle.publish_by}"
    days = cycle.policy.get("publication", {}).get("days", "")
    return f"批复后 {days} 个工作日内公开" if days else "尚未设置"
