"""雷同检查: the groups that a user may see, two tables next to each other, and one remark for several filings."""

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings.choices import Action, Stage, Status
from filings.models import Filing, ReviewDraft
from filings.tests.county import County
from filings.tests.similarity.counties import department_table
from filings.tests.views.bureau.similar_filings import TEXT, address, compare, copies, remark, submitted
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.views.bureau import similar as similar_views

pytestmark = pytest.mark.both


def test_groups_are_listed_by_kind_with_their_departments(county: County, client_of: ClientOf) -> None:
    copies(county, "县文化馆", "县图书馆")
    submitted(county, "县水利局", department_table("县水利局", Random(9)))
    compare(county)
    page = client_of(county.section_reviewer).get(address(county))
    assert "全部 3 整体绩效目标 1 部门职责 1 绩效指标 1" in words(page)
    assert "整体绩效目标 县文化馆等 2 个单位，相同程度 100%" in words(page)
    assert "县水利局" not in words(page)
    only_goals = words(client_of(county.section_reviewer).get(address(county, "?kind=goals")))
    assert ("整体绩效目标 县文化馆等" in only_goals, "部门职责 县文化馆等" in only_goals) == (True, False)


def test_only_filings_that_the_user_may_see_are_listed(county: County, client_of: ClientOf) -> None:
    copies(county, "县文化馆", "县图书馆", stage=Stage.SUPERVISOR)
    compare(county)
    assert "您能看的申报表里没有发现雷同的内容" in words(client_of(county.section_reviewer).get(address(county)))
    assert "县文化馆" in words(client_of(county.manager).get(address(county)))


def test_two_tables_are_shown_next_to_each_other(county: County, client_of: ClientOf) -> None:
    first, second = copies(county, "县文化馆", "县图书馆")
    page = client_of(county.section_reviewer).get(address(county, f"compare/?a={first.pk}&b={second.pk}"))
    assert "县文化馆 第 1 版 县图书馆 第 1 版 比较" in words(page)
    assert "整体绩效目标 1 行中 1 行相同" in words(page)
    assert "部门职责 12 行中 0 行相同" in words(page)
    assert "<mark>" in html(page)


@pytest.mark.parametrize("numbers", ["a=0&b=0", "a={0}&b=x", "a={0}", "a={1}&b={0}", f"a={{0}}&b={'9' * 30}"])
def test_filings_that_are_unknown_hidden_or_of_another_cycle_answer_404(
    county: County, client_of: ClientOf, numbers: str
) -> None:
    (seen,) = copies(county, "县文化馆")
    (hidden,) = copies(county, "县图书馆", stage=Stage.SUPERVISOR)
    answer = client_of(county.section_reviewer).get(address(county, f"compare/?{numbers.format(seen.pk, hidden.pk)}"))
    assert answer.status_code == 404


def test_one_remark_is_written_into_the_draft_of_each_selected_filing(county: County, client_of: ClientOf) -> None:
    first, second = copies(county, "县文化馆", "县图书馆")
    compare(county)
    page = remark(county, client_of, f"{first.pk}:goals[0]", f"{second.pk}:goals[0]")
    assert "已在 2 份申报表的审核草稿中写入意见，退回时一并发出： 县文化馆 、 县图书馆" in page
    code = county.cycle.review_policy().reasons[0].key
    assert [draft.content["remarks"] for draft in ReviewDraft.objects.filter(by=county.section_reviewer)] == [
        {"goals[0]": {"text": TEXT, "code": code, "internal": False, "finding": ""}}
    ] * 2


def test_filings_that_the_user_cannot_decide_on_are_named_with_the_reason(county: County, client_of: ClientOf) -> None:
    first, second, third, fourth = copies(county, "县文化馆", "县图书馆", "县博物馆", "县美术馆")
    compare(county)
    Filing.objects.filter(pk=second.pk).update(status=Status.RETURNED, stage="", resume_stage=Stage.SECTION)
    Filing.objects.filter(pk=third.pk).update(stage=Stage.PERFORMANCE)
    Filing.objects.filter(pk=fourth.pk).update(reviewer=county.manager, claimed_at=timezone.now())
    # A returned filing stays visible to a stage that decided on it.
    second.revisions.get().reviews.create(
        stage=Stage.SECTION, decision=Action.RETURN, by=county.section_reviewer, at=timezone.now()
    )
    page = remark(county, client_of, *(f"{item.pk}:goals[0]" for item in (first, second, third, fourth)), "0:goals[0]")
    assert (
        "已在 1 份申报表的审核草稿中写入意见，退回时一并发出： 县文化馆 没有写入的 4 份："
        " 县图书馆：现在是「已退回」，不在审核中。"
        " 县博物馆：您不是这份申报表当前审核环节的审核人。"
        " 县美术馆：manager甲正在审核。"
        " 有的申报表：在您打开这一页以后改动过，请重新查看。"
    ) in page
    assert ReviewDraft.objects.count() == 1


@pytest.mark.parametrize(
    ("selected", "typed", "refusal"),
    [
        (False, {}, "请先选择申报表。"),
        (True, {"text": " "}, "请先写意见。"),
        (True, {"text": "雷同😀"}, "有 1 个字符无法打印：「😀」（U+1F600）。请换成通用的汉字或符号。"),
        (True, {"code": "nonsense"}, "没有这样的原因，请重新选择。"),
    ],
)
def test_an_incomplete_form_writes_nothing_and_keeps_what_was_typed(
    county: County, client_of: ClientOf, selected: bool, typed: dict[str, str], refusal: str
) -> None:
    first, _ = copies(county, "县文化馆", "县图书馆")
    compare(county)
    at = f"{first.pk}:goals[0]"
    page = remark(county, client_of, *([at] if selected else []), **{"group": f"goals:{at}", **typed})
    assert f"没有写入意见：{refusal}" in page
    assert ReviewDraft.objects.count() == 0
    assert "text" in typed or page.count(TEXT) == 1


def test_too_many_filings_are_refused_with_their_number(
    county: County, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = copies(county, "县文化馆", "县图书馆")
    compare(county)
    monkeypatch.setattr(similar_views, "MOST_SELECTED", 1)
    page = remark(county, client_of, f"{first.pk}:goals[0]", f"{second.pk}:goals[0]")
    assert "没有写入意见：一次最多选择 1 份，选中了 2 份，请分几次写入。" in page
    assert ReviewDraft.objects.count() == 0


def test_groups_are_paged(county: County, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar_views, "GROUPS_PER_PAGE", 2)
    copies(county, "县文化馆", "县图书馆")
    compare(county)
    page = html(client_of(county.manager).get(address(county, "?page=2")))
    assert page.count("相同程度 100%") == 1


@pytest.mark.parametrize("name", ["manager", "section_reviewer"])
def test_the_number_of_queries_does_not_depend_on_the_filings(county: County, client_of: ClientOf, name: str) -> None:
    client = client_of(getattr(county, name))
    county.cycle.edition.definition()

    def queries(count: int) -> int:
        for number in range(Filing.objects.count(), count, 2):
            copies(county, f"单位{number}", f"单位{number}乙", seed=number)
        compare(county)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(county)).status_code == 200
        return len(asked)

    number = {"manager": 11, "section_reviewer": 12}[name]
    assert [queries(count) for count in (2, 4, 24)] == [number] * 3


def test_a_remark_takes_few_queries_whatever_the_size(county: County, client_of: ClientOf) -> None:
    client = client_of(county.section_reviewer)
    code = county.cycle.review_policy().reasons[0].key
    filings = copies(county, *(f"单位{number}" for number in range(12)))
    compare(county)

    def queries(count: int) -> int:
        ReviewDraft.objects.all().delete()
        selected = [f"{filing.pk}:goals[0]" for filing in filings[:count]]
        with CaptureQueriesContext(connection) as asked:
            client.post(address(county, "remark/"), {"at": selected, "text": TEXT, "code": code})
        assert ReviewDraft.objects.count() == count
        return len(asked)

    queries(1)
    assert queries(2) == queries(12) <= 20
