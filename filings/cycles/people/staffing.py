"""Check whether the departments of a cycle have everyone whom the workflow needs, as different users."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from filings import labels
from filings.choices import OfficeKind, Role, Stage
from filings.models import Cycle, Department, Membership

Members = Mapping[tuple[str, int], frozenset[int]]


@dataclass(frozen=True)
class StaffGap:
    """A sentence about a missing user. `stops` if filings would not get through the review."""

    sentence: str
    stops: bool = False


def gaps(cycle: Cycle) -> list[StaffGap]:
    """Return what is missing for the departments on the cycle's list, in the order of their codes."""
    departments = list(
        Department.objects.filter(enrolments__cycle=cycle).select_related("section", "supervisor").order_by("code")
    )
    staff = _Staff.load()
    found = [gap for department in departments for gap in _of_department(department, staff)]
    found += _of_stages(cycle, departments, staff)
    return found


@dataclass(frozen=True)
class _Staff:
    """Active users by role and department, by department, as reviewers by office; names by primary key."""

    in_department: Members
    of_department: Mapping[int, frozenset[int]]
    in_office: Mapping[int, frozenset[int]]
    performance: frozenset[int]
    names: Mapping[int, str]

    @classmethod
    def load(cls) -> "_Staff":
        in_department, of_department, in_office = (defaultdict[Any, set[int]](set) for _ in range(3))
        performance, names = set(), {}
        active = Membership.objects.filter(user__is_active=True).select_related("user", "office")
        for membership in active:
            names[membership.user_id] = membership.user.name
            if membership.department_id:
                in_department[membership.role, membership.department_id].add(membership.user_id)
                of_department[membership.department_id].add(membership.user_id)
            elif membership.role == Role.REVIEWER and membership.office:
                in_office[membership.office_id].add(membership.user_id)
                if membership.office.kind == OfficeKind.PERFORMANCE:
                    performance.add(membership.user_id)
        return cls(
            {key: frozenset(users) for key, users in in_department.items()},
            {key: frozenset(users) for key, users in of_department.items()},
            {key: frozenset(users) for key, users in in_office.items()},
            frozenset(performance),
            names,
        )

    def members(self, role: Role, department: Department) -> frozenset[int]:
        return self.in_department.get((role, department.pk), frozenset())

    def reviewers(self, stage: Stage, department: Department) -> frozenset[int]:
        """Return who may review the department's filing at a stage."""
        own = self.of_department.get(department.pk, frozenset())
        match stage:
            case Stage.SUPERVISOR:
                supervisor = department.supervisor
                found = self.members(Role.REVIEWER, supervisor) if supervisor else frozenset()
            case Stage.SECTION:
                found = self.in_office.get(department.section_id or 0, frozenset())
            case Stage.PERFORMANCE:
                found = self.performance
        return found - own


def _of_department(department: Department, staff: _Staff) -> Iterator[StaffGap]:
    fillers, heads = (staff.members(role, department) for role in (Role.FILLER, Role.HEAD))
    if not fillers:
        yield StaffGap(f"「{department}」没有填报人，无法填报。")
    if not heads:
        yield StaffGap(f"「{department}」没有单位负责人，无法审签。")
    if len(fillers) == 1 and fillers == heads:
        (user,) = fillers
        yield StaffGap(
            f"「{department}」的填报人和单位负责人都只有{staff.names[user]}一人；填报人不能审签，请另定一人。"
        )


def _of_stages(cycle: Cycle, departments: Iterable[Department], staff: _Staff) -> Iterator[StaffGap]:
    """Yield one gap for each place that lacks reviewers, with the number of departments it concerns."""
    without: dict[str, int] = defaultdict(int)
    twice: dict[str, int] = defaultdict(int)
    for department in departments:
        alone: dict[frozenset[int], list[Stage]] = defaultdict(list)
        for stage in cycle.stages_for(department):
            reviewers = staff.reviewers(stage, department)
            if not reviewers:
                without[_place(stage, department)] += 1
            elif len(reviewers) == 1:
                alone[reviewers].append(stage)
        for users, stages in alone.items():
            if len(stages) > 1:
                (user,) = users
                both = "和".join(labels.STAGE[stage] for stage in stages)
                twice[f"{both}都只有{staff.names[user]}一人可审"] += 1
    for place, count in without.items():
        yield StaffGap(f"{place}，{count} 个单位的申报表无法审核。", stops=True)
    for sentence, count in twice.items():
        yield StaffGap(f"{sentence}（{count} 个单位）；一份表同一人只能审核一个环节，请另定一人。", stops=True)


def _place(stage: Stage, department: Department) -> str:
    if stage == Stage.SUPERVISOR:
        return f"主管部门「{department.supervisor}」没有审核人"
    if stage == Stage.PERFORMANCE:
        return "绩效股没有审核人"
    if department.section is None:
        return "有单位没有归口股室"
    return f"「{department.section}」没有审核人"
