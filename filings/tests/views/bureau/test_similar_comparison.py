"""雷同检查: the comparison in the background, its stored result, and when it is made again."""

from random import Random

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from filings.choices import JobState, Stage, Status
from filings.models import CopyComparison, Cycle, Filing
from filings.oversight import copies as oversight_copies
from filings.oversight.copies import queue_comparison, queue_outdated_comparisons
from filings.tests.county import County
from filings.tests.similarity.counties import department_table
from filings.tests.views.bureau.similar_filings import address, compare, copies, remark, submit_again, submitted
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import words
from filings.tests.worker import work

pytestmark = pytest.mark.both


def test_a_cycle_is_compared_on_demand_in_the_background(county: County, client_of: ClientOf) -> None:
    copies(county, "县文化馆", "县图书馆")
    client = client_of(county.section_reviewer)
    page = words(client.get(address(county)))
    assert ("尚无比对结果" in page, "开始比对" in page) == (True, True)
    for _ in range(2):
        assert client.post(address(county, "start/"))["Location"] == address(county)
    assert words(client.get(address(county))).count("等待比对") == 1
    assert client.get(address(county, "progress/")).json()["jobs"] == [
        {
            "id": CopyComparison.objects.get().pk,
            "state": "等待比对",
            "done": 0,
            "total": 0,
            "unfinished": True,
            "address": address(county),
        }
    ]
    assert work() == 1
    answer = client.get(address(county, "progress/")).json()["jobs"][0]
    assert (answer["state"], answer["done"], answer["total"], answer["unfinished"]) == ("已完成", 2, 2, False)
    page = words(client.get(address(county)))
    when = timezone.localtime(CopyComparison.objects.get().finished_at).strftime("%Y-%m-%d %H:%M")
    assert (f"结果： {when} 比对 2 份申报表。" in page, "重新比对" in page, "此后又有" in page) == (True, True, False)


def test_the_last_result_stays_while_a_new_one_is_made_and_after_a_failure(
    county: County, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies(county, "县文化馆", "县图书馆")
    compare(county)
    queue_comparison(county.cycle, by=county.manager, now=timezone.now())
    CopyComparison.objects.update(state=JobState.RUNNING, done=1, total=2)
    client = client_of(county.manager)
    page = words(client.get(address(county)))
    assert ("正在比对，1 / 2 份" in page, "县文化馆等 2 个单位" in page) == (True, True)
    monkeypatch.setattr(oversight_copies, "find_copies", broken)
    with pytest.raises(ZeroDivisionError):
        work()
    page = words(client.get(address(county)))
    assert ("比对未成功，请重新比对" in page, "县文化馆等 2 个单位" in page, "重新比对" in page) == (True,) * 3


def broken(_texts: object) -> None:
    raise ZeroDivisionError


def test_a_group_whose_first_filing_is_hidden_shows_the_others(county: County, client_of: ClientOf) -> None:
    filings = copies(county, "县文化馆", "县图书馆", "县博物馆")
    compare(county)
    comparison = CopyComparison.objects.get()
    first, members = comparison.groups[0]["first"], comparison.groups[0]["members"]
    members[1]["percent"], members[2]["percent"] = 97, 61
    comparison.save()
    Filing.objects.filter(pk=first).update(stage=Stage.SUPERVISOR)
    page = words(client_of(county.section_reviewer).get(address(county, "?kind=goals")))
    names = {filing.pk: filing.department.name for filing in filings}
    hidden = names.pop(first)
    assert "本组第一份申报表不在您的查看范围内，相同程度是与那一份比的。" in page
    assert ([name in page for name in names.values()], hidden in page) == ([True, True], False)
    assert ("个单位，相同程度 97%" in page, "相同 97%" in page, "相同 61%" in page) == (True, True, True)


def test_new_versions_make_the_result_outdated_until_it_is_made_again(county: County, client_of: ClientOf) -> None:
    _, filing = copies(county, "县文化馆", "县图书馆")
    compare(county)
    client = client_of(county.section_reviewer)
    assert "此后又有" not in words(client.get(address(county)))
    submit_again(county, filing, department_table("县图书馆", Random(7)))
    submitted(county, "县水利局", department_table("县水利局", Random(9)))
    page = words(client.get(address(county, "?kind=goals")))
    assert "此后又有 2 份新提交或修改，结果不含这些内容，请重新比对。" in page
    assert page.count("已有新版") == 1
    assert "县图书馆：比对以后又提交了新的版本，请重新比对。" in remark(county, client_of, f"{filing.pk}:goals[0]")
    compare(county)
    assert "您能看的申报表里没有发现雷同的内容" in words(client.get(address(county)))


def test_cycles_in_review_with_new_versions_are_compared_every_morning(county: County) -> None:
    queue_outdated_comparisons(timezone.now())
    assert not CopyComparison.objects.exists()
    copies(county, "县文化馆", "县图书馆")
    queue_outdated_comparisons(timezone.now())
    work()
    comparison = CopyComparison.objects.get()
    assert (comparison.by, comparison.state, len(comparison.groups)) == (None, JobState.DONE, 3)
    queue_outdated_comparisons(timezone.now())
    assert work() == 0
    submitted(county, "县水利局", department_table("县水利局", Random(9)))
    Filing.objects.update(status=Status.APPROVED, stage="")
    queue_outdated_comparisons(timezone.now())
    assert work() == 0


def test_a_closed_cycle_is_not_compared_in_the_morning(county: County) -> None:
    copies(county, "县文化馆", "县图书馆")
    Cycle.objects.update(closed_at=timezone.now())
    queue_outdated_comparisons(timezone.now())
    assert work() == 0


def test_a_finished_comparison_is_not_made_twice(county: County) -> None:
    copies(county, "县文化馆", "县图书馆")
    compare(county)
    before = CopyComparison.objects.get().finished_at
    DBTaskResult.objects.update(status=TaskResultStatus.READY)
    assert work() == 1
    assert CopyComparison.objects.get().finished_at == before


def test_an_interrupted_comparison_begins_again(county: County) -> None:
    copies(county, "县文化馆", "县图书馆")
    queue_comparison(county.cycle, by=county.manager, now=timezone.now())
    CopyComparison.objects.update(state=JobState.RUNNING, total=9, done=5)
    assert work() == 1
    comparison = CopyComparison.objects.get()
    assert (comparison.state, comparison.done, comparison.total) == (JobState.DONE, 2, 2)
