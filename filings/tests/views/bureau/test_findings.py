"""核对结果汇总: stored findings of each newest visible version; unsigned versions are hidden from reviewers."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings.checks import run as checks
from filings.choices import Action, Status
from filings.lifecycle import events
from filings.models import Assessment, Cycle, Department, Filing, Finding, Revision
from filings.tests.county import County, answer_remarks, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words

pytestmark = pytest.mark.both

DEPARTMENT_AND_BUREAU = ("filler", "head", "observer", "manager")


def address(county: County, asked: str = "") -> str:
    return f"/cycles/{county.cycle.pk}/findings/{asked}"


def keep(revision: Revision, *findings: tuple[str, str, str], **counts: int) -> None:
    """Replace the stored findings of a version by (code, severity, message)."""
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
            facts=message,
        )
        for number, (code, severity, message) in enumerate(findings, start=1)
    )


def submitted_by(department: Department, county: County, cycle: Cycle | None = None) -> Revision:
    """Create a version of a department's filing that is in review by the performance section."""
    filing = Filing.objects.create(
        cycle=cycle or county.cycle, department=department, status=Status.IN_REVIEW, stage="performance"
    )
    revision = filing.revisions.create(
        number=1,
        receipt=f"R{filing.pk}-1",
        content="{}",
        sha256="0" * 64,
        submitted_by=county.stranger,
        submitted_by_name="stranger",
        submitted_at=timezone.now(),
    )
    acting = county.stranger.memberships.get()
    events.record(filing, Action.SIGN, by=county.stranger, acting=acting, time=timezone.now(), detail={})
    return revision


def test_the_newest_version_is_shown_with_its_summary_and_messages(county: County, client_of: ClientOf) -> None:
    revision = county.in_review().revisions.get()
    keep(
        revision, ("K2", "warning", "没有成本指标"), ("M5", "advice", "<i>没有符号</i>"), warnings=1, asked=1, advice=1
    )
    for name in DEPARTMENT_AND_BUREAU:
        page = client_of(getattr(county, name)).get(address(county))
        assert (
            "101 县档案馆 主管部门审核中 0 项须改正，1 项提醒（1 项需说明），1 项建议 第 1 版 2 项"
            " 提醒 K2 没有成本指标 建议 M5 <i>没有符号</i>"
        ) in words(page), name
        assert "<i>" not in html(page)
        assert f'href="/filings/{revision.filing_id}/revisions/1/"' in html(page)


def test_explanations_and_waivers_are_shown_with_their_findings(county: County, client_of: ClientOf) -> None:
    revision = county.in_review().revisions.get()
    keep(revision, ("K2", "warning", "没有成本指标"), ("B7", "error", "多 5.00 万元"))
    Finding.objects.filter(code="K2").update(explanation="用于搬迁")
    Finding.objects.filter(code="B7").update(
        waived_by_name="刘洋", waived_by_office="绩效股", waiver_reason="控制数有误"
    )
    page_text = words(client_of(county.manager).get(address(county)))
    assert "提醒 K2 没有成本指标 说明：用于搬迁 须改正 B7 多 5.00 万元 绩效股 刘洋 豁免：控制数有误" in page_text


def test_findings_of_an_unsigned_version_are_hidden_from_reviewers(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    keep(filing.revisions.get(), ("K2", "warning", "第一版的提醒"), warnings=1)
    filing = step(Action.RETURN, filing, county.supervisor_reviewer, reason="请改")
    filing = step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler)
    keep(filing.revisions.get(number=2), ("K4", "warning", "第二版的提醒"), warnings=1)

    def seen(name: str, asked: str = "") -> tuple[bool, bool]:
        page_text = words(client_of(getattr(county, name)).get(address(county, asked)))
        return "第一版的提醒" in page_text, "第二版的提醒" in page_text

    assert [seen(name) for name in DEPARTMENT_AND_BUREAU] == [(False, True)] * 4
    assert seen("supervisor_reviewer") == (True, False)
    assert "?code=K4" not in html(client_of(county.supervisor_reviewer).get(address(county)))
    assert seen("supervisor_reviewer", "?code=K4") == (False, False)
    step(Action.SIGN, filing, county.head)
    assert seen("supervisor_reviewer") == (False, True)


def test_strangers_and_later_reviewers_see_no_findings(county: County, client_of: ClientOf) -> None:
    keep(county.in_review().revisions.get(), ("K2", "warning", "没有成本指标"), warnings=1)
    for user in (county.stranger, county.section_reviewer, county.performance_reviewer):
        page_text = words(client_of(user).get(address(county)))
        assert "本批次尚无您可以查看的申报表。" in page_text
        assert "没有成本指标" not in page_text
        assert "已提交的申报表中没有发现问题。" in page_text


def test_a_filing_without_submissions_is_shown_as_such(county: County, client_of: ClientOf) -> None:
    county.filled()
    assert "101 县档案馆 填报中 未提交" in words(client_of(county.manager).get(address(county)))


def test_a_version_without_stored_findings_is_shown_as_such(county: County, client_of: ClientOf) -> None:
    submitted_by(county.department, county)
    assert "绩效股审核中 没有记录 第 1 版" in words(client_of(county.manager).get(address(county)))


def test_rules_are_counted_over_the_cycle_most_hits_first(county: County, client_of: ClientOf) -> None:
    first, second = submitted_by(county.department, county), submitted_by(county.supervising, county)
    keep(first, ("M5", "advice", "一"), ("M5", "advice", "二"), ("M5", "advice", "三"), ("K2", "warning", "四"))
    keep(second, ("K2", "warning", "五"))
    before = Cycle.objects.get()
    before.pk, before.year = None, before.year - 1
    before.save()
    keep(submitted_by(county.department, county, before), ("T7", "warning", "别的批次"))
    page_text = words(client_of(county.manager).get(address(county)))
    assert (
        "K2 有项目支出的，有成本指标与它对应。 提醒 2 份表，2 处 M5 数值前面有计算符号。 建议 1 份表，3 处 各单位 2"
    ) in page_text
    assert "别的批次" not in page_text


def test_a_code_and_a_severity_narrow_the_list(county: County, client_of: ClientOf) -> None:
    first, second = submitted_by(county.department, county), submitted_by(county.supervising, county)
    keep(first, ("M5", "advice", "第一份的建议"), ("K2", "warning", "第一份的提醒"))
    keep(second, ("K2", "warning", "第二份的提醒"))

    def shown(asked: str) -> list[str]:
        page_text = words(client_of(county.manager).get(address(county, asked)))
        return [message for message in ("第一份的建议", "第一份的提醒", "第二份的提醒") if message in page_text]

    assert shown("?code=K2") == ["第一份的提醒", "第二份的提醒"]
    assert shown("?severity=advice") == ["第一份的建议"]
    assert shown("?code=M5&severity=warning") == []
    assert shown("?code=nonsense") == []
    assert shown("?severity=nonsense") == ["第一份的建议", "第一份的提醒", "第二份的提醒"]
    assert "没有符合条件的核对结果。" in words(client_of(county.manager).get(address(county, "?code=nonsense")))


def test_nothing_is_checked_again(county: County, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(county.in_review().revisions.get(), ("K2", "warning", "当时的提醒"), warnings=1)

    def refuse(*given: Any, **named: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(checks, "run", refuse)
    assert "当时的提醒" in words(client_of(county.manager).get(address(county)))


@pytest.mark.parametrize("name", ["manager", "performance_reviewer"])
def test_the_number_of_queries_does_not_depend_on_the_filings(county: County, client_of: ClientOf, name: str) -> None:
    client = client_of(getattr(county, name))
    # The edition is read once by each process.
    county.cycle.edition.definition()

    def queries(count: int) -> int:
        for index in range(Filing.objects.count(), count):
            department = Department.objects.create(code=f"7{index}", name=f"单位{index}")
            keep(submitted_by(department, county), ("K2", "warning", "没有成本指标"), warnings=1)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address(county))
        assert f"各单位 {count} " in words(answer)
        assert html(answer).count("没有成本指标") == min(count, 50)
        return len(asked)

    number = {"manager": 13, "performance_reviewer": 13}[name]
    assert [queries(count) for count in (1, 3, 60)] == [number] * 3


def test_there_are_fifty_on_a_page(county: County, client_of: ClientOf) -> None:
    for index in range(51):
        keep(submitted_by(Department.objects.create(code=f"7{index:02}", name=f"单位{index:02}"), county))
    client = client_of(county.manager)
    first, second = words(client.get(address(county))), words(client.get(address(county, "?page=2")))
    assert ("单位49" in first, "单位50" in first, "单位49" in second, "单位50" in second) == (True, False, False, True)
