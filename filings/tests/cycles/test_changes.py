"""Changing a cycle: freely before its start, afterwards only what cannot harm."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from filings.choices import Action, Handling, Stage, Status
from filings.cycles import changes, enrolments, policy_changes
from filings.errors import StepRefused
from filings.models import Cycle, Enrolment, EnrolmentEvent, Filing, FormEdition, User
from filings.policy.policy import ReviewPolicy
from filings.policy.reason_codes import ReasonCode
from filings.tests.county import County


@pytest.fixture
def cycle(county: County) -> Cycle:
    """A started cycle."""
    return county.cycle


def change(cycle: Cycle, **values: Any) -> Cycle:
    details = replace(changes.details_of(cycle), **values)
    manager = User.objects.get(username="manager")
    changes.change(cycle, details, by=manager, expected_stamp=changes.stamp(cycle), today=timezone.localdate())
    return Cycle.objects.get(pk=cycle.pk)


def change_policy(cycle: Cycle, **values: Any) -> ReviewPolicy:
    policy = replace(cycle.review_policy(), **values)
    policy_changes.change(cycle, policy, expected_stamp=policy_changes.stamp(cycle))
    return Cycle.objects.get(pk=cycle.pk).review_policy()


def not_started(cycle: Cycle) -> Cycle:
    Cycle.objects.filter(pk=cycle.pk).update(started_at=None)
    return Cycle.objects.get(pk=cycle.pk)


def test_everything_can_change_before_the_start(cycle: Cycle) -> None:
    other = FormEdition.objects.create(code="other", version=1, name="另一表样", layout={})
    values: dict[str, Any] = {
        "name": "预算批次",
        "year": 2031,
        "edition": other,
        "opens_on": date(2031, 1, 4),
        "deadline": date(2031, 1, 20),
        "stages": [Stage.PERFORMANCE],
    }
    changed = change(not_started(cycle), **values)
    assert {name: getattr(changed, name) for name in values} == values


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"year": 2031}, "年度不能再改（现为 2026 ）"),
        ({"stages": [Stage.PERFORMANCE]}, "审核环节不能再改（现为主管部门、业务股室、绩效股）"),
        ({"edition": None}, "表样不能再改（现为「湖南县级部门整体支出绩效目标表（2022年）」）"),
    ],
)
def test_a_started_cycle_keeps_year_edition_and_stages(cycle: Cycle, values: dict[str, Any], sentence: str) -> None:
    if "edition" in values:
        values = {"edition": FormEdition.objects.create(code="other", version=1, name="另一表样", layout={})}
    sentence = sentence.replace("2026", str(cycle.year))
    with pytest.raises(StepRefused) as refused:
        change(cycle, **values)
    assert sentence in refused.value.reason
    assert refused.value.reason.startswith(f"批次已于 {timezone.localtime(cycle.started_at):%Y-%m-%d} 启动")


def test_dates_of_a_started_cycle_move_in_favour_of_the_departments_only(cycle: Cycle) -> None:
    later, earlier = timedelta(days=3), timedelta(days=-3)
    with pytest.raises(StepRefused, match="截止日期只能推后，不能提前"):
        change(cycle, deadline=cycle.deadline + earlier)
    with pytest.raises(StepRefused, match="开始日期只能提前，不能推后"):
        change(cycle, opens_on=cycle.opens_on + later)
    changed = change(cycle, name="新名称", deadline=cycle.deadline + later, opens_on=cycle.opens_on + earlier)
    assert (changed.name, changed.deadline, changed.opens_on) == (
        "新名称", cycle.deadline + later, cycle.opens_on + earlier,
    )  # fmt: skip


def test_a_later_deadline_moves_the_clocks_of_unsubmitted_tables(county: County) -> None:
    draft = county.filled()
    later = county.cycle.deadline + timedelta(days=7)
    change(county.cycle, deadline=later)
    assert Filing.objects.get(pk=draft.pk).due_on == later


def test_a_later_deadline_does_not_move_the_clock_of_the_bureau(county: County) -> None:
    filing = county.in_review()
    Filing.objects.filter(pk=filing.pk).update(due_on=county.cycle.opens_on)
    change(county.cycle, deadline=county.cycle.deadline + timedelta(days=7))
    assert Filing.objects.get(pk=filing.pk).due_on == county.cycle.opens_on


def test_extensions_that_end_before_the_new_deadline_are_superseded(county: County) -> None:
    day = timedelta(days=1)
    cycle = county.cycle
    for department, days in ((county.department, 2), (county.supervising, 20)):
        cycle.extensions.create(department=department, until=cycle.deadline + days * day, reason="停电")
    changed = change(cycle, deadline=cycle.deadline + 7 * day)
    assert changed.deadline_for(county.department) == changed.deadline
    assert changed.deadline_for(county.supervising) == cycle.deadline + 20 * day


def test_a_page_opened_before_another_change_or_the_start_stores_nothing(county: County) -> None:
    cycle, today = not_started(county.cycle), timezone.localdate()
    stamp = changes.stamp(cycle)
    details = replace(changes.details_of(cycle), name="乙")
    store = partial(changes.change, cycle, details, by=county.filler, expected_stamp=stamp, today=today)
    change(cycle, name="甲")
    with pytest.raises(StepRefused, match=r"您打开以后，manager甲已于 [-\d]+ [:\d]+ 修改了这个批次，未保存。"):
        store()
    Cycle.objects.update(started_at=timezone.now(), started_by=county.head)
    with pytest.raises(StepRefused, match=r"您打开以后，head甲已于 .* 启动了这个批次，未保存。"):
        store()
    change(Cycle.objects.get(), name="丙")
    with pytest.raises(StepRefused, match=r"您打开以后，manager甲已于 .* 修改了这个批次，未保存。"):
        store()
    assert Cycle.objects.get(pk=cycle.pk).name == "丙"


def test_a_change_is_recorded_with_its_fields(county: County) -> None:
    change(county.cycle, name="甲", deadline=county.cycle.deadline + timedelta(days=3))
    change(Cycle.objects.get())
    entry = LogEntry.objects.get()
    assert (entry.user, entry.get_edited_object()) == (county.manager, county.cycle)
    assert entry.get_change_message() == "已修改名称 和 截止日期。"


def test_statements_can_change_after_the_start(cycle: Cycle) -> None:
    assert change_policy(cycle, statements=("另一句",), statements_verified=True).statements == ("另一句",)


def test_reasons_of_a_started_cycle_can_be_reworded_and_added_but_not_removed(cycle: Cycle) -> None:
    before = cycle.review_policy().reasons
    reworded = (replace(before[0], label="目标不清", texts=("请写清。",)), *before[1:], ReasonCode("new", "其他情形"))
    assert change_policy(cycle, reasons=reworded).reasons == reworded
    with pytest.raises(StepRefused, match="原因「其他情形」可能已经用过，不能删去"):
        change_policy(Cycle.objects.get(pk=cycle.pk), reasons=reworded[:-1])


def test_other_parts_of_the_policy_of_a_started_cycle_are_fixed(cycle: Cycle) -> None:
    with pytest.raises(StepRefused, match="批次已启动，等级为中、差时的处理、审核天数不能再改"):
        change_policy(cycle, low_grade=Handling.ALLOW, review_days=9)
    sheet = cycle.review_policy().score_sheet
    with pytest.raises(StepRefused, match="审核表的评分项、分值和等级分数线不能再改"):
        change_policy(cycle, score_sheet=replace(sheet, limits=sheet.limits[:2]))
    assert change_policy(cycle, score_sheet=replace(sheet, verified=True)).score_sheet.verified


def test_the_policy_is_free_before_the_start(cycle: Cycle) -> None:
    changed = change_policy(not_started(cycle), review_days=9, reasons=())
    assert (changed.review_days, changed.reasons) == (9, ())


def enrolled(cycle: Cycle) -> list[str]:
    return list(cycle.enrolments.order_by("department__code").values_list("department__code", flat=True))


def test_departments_are_added_to_and_removed_from_the_list(county: County) -> None:
    cycle = county.cycle
    wanted = [county.department.pk, county.supervising.pk]
    assert enrolments.replace_list(cycle, wanted, expected_stamp=enrolments.stamp(cycle)) == (0, 1)
    assert enrolled(cycle) == ["100", "101"]
    with pytest.raises(StepRefused, match="单位名单已被他人修改"):
        enrolments.replace_list(cycle, [], expected_stamp="outdated")


def test_a_department_with_a_filing_stays_on_the_list(county: County) -> None:
    filing = county.signing()
    assert filing.status == Status.SIGNING
    with pytest.raises(StepRefused) as refused:
        enrolments.replace_list(county.cycle, [], expected_stamp=enrolments.stamp(county.cycle))
    assert refused.value.reason == "「县档案馆」已有申报表（待单位审签），不能从名单中去掉。名单没有改动。"
    assert enrolled(county.cycle) == ["100", "101", "200"]


def test_a_department_with_a_history_stays_on_the_list(county: County) -> None:
    enrolment = Enrolment.objects.get(department=county.department)
    EnrolmentEvent.objects.create(
        enrolment=enrolment, action=Action.REMIND, by=county.manager, by_name="甲", by_office="乙", at=timezone.now()
    )
    with pytest.raises(StepRefused, match="「县档案馆」已有催办或延期记录，不能从名单中去掉"):
        enrolments.replace_list(county.cycle, [], expected_stamp=enrolments.stamp(county.cycle))
