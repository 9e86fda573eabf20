"""The review page: its modes, findings, earlier remarks and facts, its queue, and the number of its queries."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filings.choices import Action, RemarkState, Role, Status
from filings.lifecycle import workflow
from filings.models import ControlFigure, Department, Enrolment, Filing, Remark, Review
from filings.reviewing import open_pages
from filings.reviewing.new_remark import NewRemark
from filings.tests.county import County, add_membership, answer_remarks, create_user, fill, step
from filings.tests.reviewing.returns import decide, resubmitted, reviewed_by_performance
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, take, words
from filings.views.review.modes import Mode

MOST_QUERIES = 21


@contextmanager
def at_most(most: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as queries:
        yield
    assert len(queries) <= most, "\n".join(query["sql"][:200] for query in queries)


@pytest.fixture
def county(db: None) -> County:
    return reviewed_by_performance()


@pytest.fixture
def filing(county: County) -> Filing:
    return county.in_review()


def returned_and_resubmitted(county: County, filing: Filing) -> Filing:
    remarks = [
        NewRemark("indicators[i0]", "请写明口径。", "measure"),
        NewRemark("duties[d1].text", "请写全。"),
        NewRemark("indicators[i1]", "内部：留意。", internal=True),
    ]
    filing = decide(county, filing, remarks=remarks, whole_form=True)
    filing.indicators.filter(key="i0").update(target="≥800卷")
    filing.indicators.filter(key="i1").update(name="查阅档案人次")
    Remark.objects.filter(place="duties[d1].text").update(
        answer="职责与三定方案一致。", answered_by=county.filler, answered_at=filing.held_since
    )
    return resubmitted(county, filing)


def test_the_findings_link_between_table_and_panel(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    filing.indicators.filter(key="i0").update(target="若干")
    step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    page = html(client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/review/"))
    assert 'class="mark warning" href="#finding-M' in page
    assert 'data-place="indicators[i0]"' in page
    finding = page.split('class="mark warning" href="#')[1].split('"')[0]
    assert f'id="{finding}"' in page


def test_a_new_filing_opens_as_it_is(county: County, client_of: ClientOf, filing: Filing) -> None:
    page = words(client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/review/"))
    assert "与上一版比较（只提交过一版）" in page
    assert "与上年比较（没有上年批复的表）" in page
    assert "原表：" not in page


def test_a_resubmission_opens_on_its_changes_with_states_to_set(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    filing = returned_and_resubmitted(county, filing)
    answer = client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/review/")
    page = html(answer)
    assert '<del><span class="visually-hidden">删去</span>≥500</del>' in page
    changed, declined = Remark.objects.filter(internal=False).order_by("pk")
    assert (changed.state, declined.state) == (RemarkState.CHANGED, RemarkState.DECLINED)
    for remark in (changed, declined):
        for state in (RemarkState.ACCEPTED, RemarkState.DISPUTED):
            assert f'name="settled:{remark.pk}" value="{state}"' in page
    text = words(answer)
    assert "第 1 轮 绩效股 performance_reviewer甲 · 指标不可衡量 已改 请写明口径。" in text
    assert "单位答复 职责与三定方案一致。" in text
    assert "仅内部可见 内部：留意。" in text


def test_a_return_names_the_answers_that_are_not_settled(county: County, client_of: ClientOf, filing: Filing) -> None:
    filing = returned_and_resubmitted(county, filing)
    changed, declined = Remark.objects.filter(internal=False).order_by("pk")
    client = client_of(county.performance_reviewer)
    address = f"/filings/{filing.pk}/review/"
    page = html(client.get(address))
    assert 'id="return-unsettled">' in page
    assert '<span class="num">2</span> 条尚未认定。退回后不再要求单位修改，重新提交后仍待认定' in page
    link = '<a href="#thread-at-indicators-i0" data-to-answers>接收档案</a> <span class="state">已改</span>'
    assert f'<li data-settled="settled:{changed.pk}">{link}' in page
    assert 'id="thread-at-indicators-i0"' in page
    form = {"person": county.performance_reviewer.pk, "revision": 2, "number": 0}
    client.post(f"{address}draft/save/", form | {f"settled:{changed.pk}": "disputed"})
    page = html(client.get(address))
    assert '<span class="num">1</span> 条尚未认定' in page
    assert f'<li data-settled="settled:{changed.pk}" hidden>' in page
    take(client, filing, "return", reason="再改。")
    declined.refresh_from_db()
    assert declined.state == RemarkState.DECLINED
    resubmitted(county, answer_remarks(filing, county.filler))
    assert "条尚未认定" in words(client.get(address))


def test_states_are_stored_with_the_decision(county: County, client_of: ClientOf, filing: Filing) -> None:
    filing = returned_and_resubmitted(county, filing)
    changed, declined = Remark.objects.filter(internal=False).order_by("pk")
    states = {f"settled:{changed.pk}": "accepted", f"settled:{declined.pk}": "disputed"}
    assert take(client_of(county.performance_reviewer), filing, "return", **states).status_code == 302
    changed.refresh_from_db()
    declined.refresh_from_db()
    assert (changed.state, declined.state) == (RemarkState.ACCEPTED, RemarkState.DISPUTED)


@pytest.mark.parametrize(("mode", "has_other_rows"), [("now", True), ("changes", True), ("marked", False)])
def test_the_mode_in_the_address_chooses_the_rows(
    county: County, client_of: ClientOf, filing: Filing, mode: str, has_other_rows: bool
) -> None:
    filing = returned_and_resubmitted(county, filing)
    answer = client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/review/?mode={mode}")
    page = html(answer)
    assert ("整体绩效目标" in page.split('id="panel"')[0]) is has_other_rows
    assert page.count('name="remark:indicators[i0]"') == 1
    assert ("原表：第 1 版" in words(answer)) is (mode != "now")


def test_a_revoked_approval_opens_on_the_table(county: County, client_of: ClientOf, filing: Filing) -> None:
    filing = returned_and_resubmitted(county, filing)
    step(Action.APPROVE_STAGE, filing, county.performance_reviewer, exception_reason="已核实。")
    step(Action.REVOKE, filing, county.performance_reviewer, reason="金额有误。")
    response = client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/review/")
    assert response.context["reading"].mode == Mode.NOW


def test_the_mode_of_marked_rows_keeps_what_is_typed_on_others(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.performance_reviewer)
    form = {"person": county.performance_reviewer.pk, "revision": 1, "number": 0, "remark:goals[0]": "请写具体。"}
    client.post(f"/filings/{filing.pk}/review/draft/save/", form)
    assert "请写具体。</textarea>" in html(client.get(f"/filings/{filing.pk}/review/?mode=marked"))


def test_last_year_is_compared(county: County, client_of: ClientOf, filing: Filing) -> None:
    county.cycle.year -= 1
    county.cycle.save()
    decide(county, filing, remarks=[NewRemark("indicators[i0]", "去年退回的意见。")])
    filing.indicators.filter(key="i0").update(target="≥400卷")
    decide(county, resubmitted(county, Filing.objects.get()), Action.APPROVE_STAGE, settled=accepted())
    new = next_year(county)
    answer = client_of(county.performance_reviewer).get(f"/filings/{new.pk}/review/?mode=last-year")
    page = words(answer)
    assert "上年退回的意见 去年退回的意见。 绩效股" in page
    assert "接收档案 ≥500卷 上年 ≥400卷" in page
    assert f"原表：{county.cycle.year} 年批复的表" in page


def accepted() -> dict[int, RemarkState]:
    return dict.fromkeys(Remark.objects.values_list("pk", flat=True), RemarkState.ACCEPTED)


def next_year(county: County) -> Filing:
    cycle = county.cycle
    cycle.pk, cycle.year = None, cycle.year + 1
    cycle.save()
    Enrolment.objects.create(cycle=cycle, department=county.department)
    filing = workflow.start(cycle, county.department, by=county.filler)
    fill(filing)
    step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    cycle.year -= 1
    return filing


def test_the_control_figure_is_compared_with_the_total(county: County, client_of: ClientOf, filing: Filing) -> None:
    ControlFigure.objects.create(
        cycle=county.cycle,
        department=county.department,
        raw="80",
        fen=80_000_000,
        by=county.manager,
        at=filing.held_since,
    )
    page = words(client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/review/"))
    assert "预算控制数 80.00 万元 超出 20.00 万元" in page


def test_others_who_have_it_open_are_named(county: County, client_of: ClientOf, filing: Filing) -> None:
    colleague = create_user("colleague", Role.REVIEWER, county.performance)
    open_pages.seen(filing, colleague)
    assert "colleague甲 正在查看这份申报表。" in words(
        client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/review/")
    )


def another(county: County, code: str) -> Filing:
    department = Department.objects.create(code=code, name=f"单位{code}", section=county.section)
    Enrolment.objects.create(cycle=county.cycle, department=department)
    for user, role in ((county.filler, Role.FILLER), (county.head, Role.HEAD)):
        add_membership(user, role, department)
    filing = workflow.start(county.cycle, department, by=county.filler)
    fill(filing)
    return step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)


def test_after_a_decision_the_next_of_the_queue_opens(county: County, client_of: ClientOf, filing: Filing) -> None:
    second, third = another(county, "301"), another(county, "302")
    client = client_of(county.performance_reviewer)
    query = "tab=mine&sort=department"
    page = words(client.get(f"/filings/{second.pk}/review/", {"queue": query}))
    assert "待审第 2 / 3 份" in page
    answer = take(client, second, "return", reason="请改。", queue=query)
    assert answer["Location"] == f"/filings/{third.pk}/review/?queue=tab%3Dmine%26sort%3Ddepartment"
    shown = client.get(answer["Location"])
    assert f'<a href="/filings/{second.pk}/">单位301</a>：已退回' in html(shown)


def test_after_the_last_of_the_queue_the_queue_opens(county: County, client_of: ClientOf, filing: Filing) -> None:
    answer = take(client_of(county.performance_reviewer), filing, "return", reason="请改。", queue="tab=mine")
    assert answer["Location"] == "/review/?tab=mine"


def test_a_claim_of_another_reviewer_asks_to_confirm(county: County, client_of: ClientOf, filing: Filing) -> None:
    colleague = create_user("colleague", Role.REVIEWER, county.performance)
    Filing.objects.update(reviewer=colleague, claimed_at=filing.held_since)
    client = client_of(county.performance_reviewer)
    answer = take(client, filing, "return", reason="请改。", **{"remark:indicators[i0]": "口径不清。"})
    assert answer.status_code == 409
    assert "colleague甲" in words(answer)
    assert "口径不清。</textarea>" in html(answer)
    assert f'name="over" value="{colleague.pk}"' in html(answer)
    assert take(client, filing, "return", reason="请改。", over=colleague.pk).status_code == 302
    assert Review.objects.get().by == county.performance_reviewer


@pytest.mark.parametrize("count", [0, 60])
def test_the_number_of_queries_does_not_grow(county: County, client_of: ClientOf, count: int) -> None:
    filing = county.filled()
    nodes = list(filing.cycle.edition.nodes.filter(key="OUT.QTY"))
    for number in range(count):
        filing.indicators.create(
            key=f"n{number}", rank=str(50 + number), node=nodes[0], name=f"指标{number}", target="若干"
        )
        filing.duties.create(key=f"e{number}", rank=str(50 + number), raw=f"（{number}）负责第 {number} 项工作。")
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    filing = returned_and_resubmitted(county, filing)
    client = client_of(county.performance_reviewer)
    client.get(f"/filings/{filing.pk}/review/")
    with at_most(MOST_QUERIES):
        assert client.get(f"/filings/{filing.pk}/review/").status_code == 200
    assert Filing.objects.get().status == Status.IN_REVIEW
