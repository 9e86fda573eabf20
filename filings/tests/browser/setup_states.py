"""A cycle before and after its start, and files that show every kind of row in a preview."""

from dataclasses import dataclass

from django.utils import timezone

from filings import manager_group
from filings.cycles import closing
from filings.models import CalendarDay, Cycle, Department
from filings.tests.county import County
from filings.tests.cycles.test_seals import picture, zipped
from filings.tests.workbooks import workbook

DEPARTMENTS = workbook(
    ("单位编码", "单位名称", "主管部门"),
    (100, "县委办公室", None),
    (101, "县档案局", "100"),
    (300, "县统计局", None),
    (301, "县史志办", "999"),
)
PEOPLE = workbook(
    ("用户名", "姓名", "单位或股室", "角色"),
    ("zs", "张三", "101", "填报人"),
    ("head", "head甲", "县教育局", "单位负责人"),
    ("ls", "李四", "没有的单位", "填报人"),
)
SEALS = zipped({"101.png": picture(), "999.png": picture()})


@dataclass(frozen=True)
class RoleOfUser:
    """The primary keys of a membership and of the cycle from whose page it is taken away."""

    pk: int
    cycle_id: int


def running(county: County) -> Cycle:
    """A cycle with a filing."""
    manager_group.sync(county.manager)
    county.started()
    return county.cycle


def being_set_up(county: County) -> Cycle:
    manager_group.sync(county.manager)
    Cycle.objects.filter(pk=county.cycle.pk).update(started_at=None)
    return county.cycle


def closed(county: County) -> Cycle:
    """A closed cycle, and a day of the bureau's calendar."""
    cycle = running(county)
    closing.close(cycle, by=county.manager, now=timezone.now())
    CalendarDay.objects.create(date=timezone.localdate(), is_working=True, name="补班")
    return cycle


def department_of_a_section(county: County) -> Department:
    """A department of its section."""
    manager_group.sync(county.manager)
    return county.department


def membership(county: County) -> RoleOfUser:
    manager_group.sync(county.manager)
    return RoleOfUser(county.observer.memberships.get().pk, county.cycle.pk)
