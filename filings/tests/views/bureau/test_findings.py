"""核对结果汇总: what was kept with each filing's newest version, and of an unsigned version nothing to reviewers."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings.checks import run as checks
from filings.choices import Action, Status
from filings.lifecycle import events
from filings.models import Assessment, Cycle, Department, Filing, Finding, Revision
from filings.tests.county import County, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words

pytestmark = pytest.mark.both

EVERYBODY = ("filler", "head", "observer", "manager")


def address(county: County, asked: str = "") -> str:
    return f"/cycles/{county.cycle.pk}/findings/{asked}"


def keep(revision: Revision, *found: tuple[str, str, str], **counts: int) -> None:
    """What was found in a version: (code, severity, message). Whatever its submission kept itself goes first."""
    Finding.objects.filter(revision=revision).delete()
    Assessment.objects.filter(revision=revision).delete()
    none = dict.fromkeys(("errors", "warnings", "advice", "asked", "explained"), 0)
    Assessment.objects.create(revision=revision, at=timezone.now(), **{**none, **counts})
    Finding.objects.bulk_create(
        Finding(
            revision=revision,
            number=number,
            code=code,
            severity=severity,
            identity=f"{code}-{number}",
            places=["goals[0]"],
            message=message,
        )
        for number, (code, severity, message) in enumerate(found, start=1)
    )


def submitted_by(department: Department, county: County, cycle: Cycle | None = None) -> Revision:
    """A version of a department's filing that lies at the performance section."""
    filing = Filing.objects.create(
        cycle=cycle or county.cycle, department=department, status=Status.IN_REVIEW, stage="performance"
    )
    revision = filing.revisions.create(
        number=1,
        content="{}",
        sha256="0" * 64,
        submitted_by=county.stranger,
        submitted_by_name="stranger",
        submitted_at=timezone.now(),
    )
    acting = county.stranger.memberships.get()
    events.record(filing, Action.SIGN, by=county.stranger, acting=acting, time=timezone.now(), detail={})
    return revision


def test_the_newest_version_is_shown_with_its_verdict_and_messages(county: County, client_of: ClientOf) -> None:
    revision = county.in_review().revisions.get()
    keep(
        revision, ("K2", "warning", "没有成本指标"), ("M5", "advice", "<i>没有符号</i>"), warnings=1, asked=1, advice=1
    )
    for name in EVERYBODY:
        page = client_of(getattr(county, name)).get(address(county))
        assert (
            "101 县档案馆 主管部门审核中 0 项阻断，1 项提醒（1 项需说明），1 项建议 第 1 版 2 项"
            " 提醒 K2 没有成本指标 建议 M5 <i>没有符号</i>"
        ) in words(page), name
        assert "<i>" not in html(page)
        assert f'href="/filings/{revision.filing_id}/revisions/1/"' in html(page)


def test_explanations_and_waivers_stand_with_their_findings(county: County, client_of: ClientOf) -> None:
    revision = county.in_review().revisions.get()
    keep(revision, ("K2", "warning", "没有成本指标"), ("B7", "error", "多 5.00 万元"))
    Finding.objects.filter(code="K2").update(explanation="用于搬迁")
    Finding.objects.filter(code="B7").update(
        waived_by_name="刘洋", waived_by_office="绩效股", waiver_reason="控制数有误"
    )
    said = words(client_of(county.manager).get(address(county)))
    assert "提醒 K2 没有成本指标 说明：用于搬迁 阻断 B7 多 5.00 万元 绩效股 刘洋 豁免：控制数有误" in said


def test_nothing_of_an_unsigned_version_is_shown_to_reviewers(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    keep(filing.revisions.get(), ("K2", "warning", "第一版的提醒"), warnings=1)
    filing = step(Action.RETURN, filing, county.supervisor_reviewer, reason="请改")
    filing = step(Action.SUBMIT, filing, county.filler)
    keep(filing.revisions.get(number=2), ("K4", "warning", "第二版的提醒"), warnings=1)

    def seen(name: str, asked: str = "") -> tuple[bool, bool]:
        said = words(client_of(getattr(county, name)).get(address(county, asked)))
        return "第一版的提醒" in said, "第二版的提醒" in said

    assert [seen(name) for name in EVERYBODY] == [(False, True)] * 4
    assert seen("supervisor_reviewer") == (True, False)
    assert "?code=K4" not in html(client_of(county.supervisor_reviewer).get(address(county)))
    assert seen("supervisor_reviewer", "?code=K4") == (False, False)
    step(Action.SIGN, filing, county.head)
    assert seen("supervisor_reviewer") == (False, True)


def test_strangers_and_reviewers_it_has_not_reached_see_nothing(county: County, client_of: ClientOf) -> None:
    keep(county.in_review().revisions.get(), ("K2", "warning", "没有成本指标"), warnings=1)
    for person in (county.stranger, county.section_reviewer, county.performance_reviewer):
        said = words(client_of(person).get(address(county)))
        assert "这个批次还没有您能看的申报表。" in said
        assert "没有成本指标" not in said
        assert "已提交的申报表里没有记下问题。" in said


def test_a_filing_that_was_never_submitted_says_so(county: County, client_of: ClientOf) -> None:
    county.filled()
    assert "101 县档案馆 填报中 未提交" in words(client_of(county.manager).get(address(county)))


def test_a_version_of_which_nothing_was_kept_says_so(county: County, client_of: ClientOf) -> None:
    submitted_by(county.department, county)
    assert "绩效股审核中 没有记录 第 1 版" in words(client_of(county.manager).get(address(county)))


def test_rules_are_counted_over_the_cycle_the_most_often_hit_first(county: County, client_of: ClientOf) -> None:
    first, second = submitted_by(county.department, county), submitted_by(county.supervising, county)
    keep(first, ("M5", "advice", "一"), ("M5", "advice", "二"), ("M5", "advice", "三"), ("K2", "warning", "四"))
    keep(second, ("K2", "warning", "五"))
    before = Cycle.objects.get()
    before.pk, before.year = None, before.year - 1
    before.save()
    keep(submitted_by(county.department, county, before), ("T7", "warning", "别的批次"))
    said = words(client_of(county.manager).get(address(county)))
    assert (
        "K2 有项目支出的，有成本指标与它对应。 提醒 2 份表，2 处 M5 数值前面有计算符号。 建议 1 份表，3 处 各单位 2"
    ) in said
    assert "别的批次" not in said


def test_a_code_and_a_severity_narrow_the_list(county: County, client_of: ClientOf) -> None:
    first, second = submitted_by(county.department, county), submitted_by(county.supervising, county)
    keep(first, ("M5", "advice", "第一份的建议"), ("K2", "warning", "第一份的提醒"))
    keep(second, ("K2", "warning", "第二份的提醒"))

    def shown(asked: str) -> list[str]:
        said = words(client_of(county.manager).get(address(county, asked)))
        return [one for one in ("第一份的建议", "第一份的提醒", "第二份的提醒") if one in said]

    assert shown("?code=K2") == ["第一份的提醒", "第二份的提醒"]
    assert shown("?severity=advice") == ["第一份的建议"]
    assert shown("?code=M5&severity=warning") == []
    assert shown("?code=nonsense") == []
    assert shown("?severity=nonsense") == ["第一份的建议", "第一份的提醒", "第二份的提醒"]
    assert "没有这样的核对结果。" in words(client_of(county.manager).get(address(county, "?code=nonsense")))


def test_nothing_is_checked_again(county: County, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(county.in_review().revisions.get(), ("K2", "warning", "当时的提醒"), warnings=1)

    def refuse(*given: Any, **named: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(checks, "run", refuse)
    assert "当时的提醒" in words(client_of(county.manager).get(address(county)))


@pytest.mark.parametrize("name", ["manager", "performance_reviewer"])
def test_the_list_takes_as_many_questions_for_60_filings_as_for_1(
    county: County, client_of: ClientOf, name: str
) -> None:
    client = client_of(getattr(county, name))
    # The form's lines and classes are read once by each process.
    county.cycle.edition.definition()

    def questions(count: int) -> int:
        for at in range(Filing.objects.count(), count):
            department = Department.objects.create(code=f"7{at}", name=f"单位{at}")
            keep(submitted_by(department, county), ("K2", "warning", "没有成本指标"), warnings=1)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address(county))
        assert f"各单位 {count} " in words(answer)
        assert html(answer).count("没有成本指标") == min(count, 50)
        return len(asked)

    number = {"manager": 14, "performance_reviewer": 15}[name]
    assert [questions(count) for count in (1, 3, 60)] == [number] * 3


def test_there_are_fifty_on_a_page(county: County, client_of: ClientOf) -> None:
    for at in range(51):
        keep(submitted_by(Department.objects.create(code=f"7{at:02}", name=f"单位{at:02}"), county))
    client = client_of(county.manager)
    first, second = words(client.get(address(county))), words(client.get(address(county, "?page=2")))
    assert ("单位49" in first, "单位50" in first, "单位49" in second, "单位50" in second) == (True, False, False, True)
