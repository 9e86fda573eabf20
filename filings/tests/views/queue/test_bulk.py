"""Bulk decisions and assignment on pages: a page lists both groups before anything happens."""

import pytest

from filings.choices import Action, ApprovalState, Role, Stage, Status
from filings.lifecycle import approvals
from filings.models import Filing, PendingApproval, Remark
from filings.reviewing import selection
from filings.tests.county import County, create_user, found_county, step
from filings.tests.reviewing.queued import queued, signed
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.worker import work


@pytest.fixture
def county(db: None) -> County:
    return found_county((Stage.SECTION, Stage.PERFORMANCE))


def posted(*filings: Filing) -> dict[str, list[str]]:
    return {"selected": [f"{filing.pk}:{filing.lock}" for filing in filings]}


def test_passing_is_confirmed_with_both_groups_and_the_sum(county: County, client_of: ClientOf) -> None:
    clean, other = signed(county, "甲局"), queued(county, "乙局", counts={"errors": 1})
    client = client_of(county.section_reviewer)
    page = client.post("/review/pass/", posted(clean, other))
    text = words(page)
    assert "可以通过 1 份 合计资金 100.00 万元" in text
    assert "未列入 1 份 单位 原因 乙局 有 1 项须改正。" in text
    assert html(page).count('name="selected"') == 1
    assert "即批复" not in text
    assert Filing.objects.filter(stage=Stage.SECTION).count() == 2
    result = words(client.post("/review/pass/do/", posted(clean, other)))
    assert "已通过 1 份 甲局" in result
    assert "乙局 有 1 项须改正。" in result
    assert Filing.objects.get(pk=clean.pk).stage == Stage.PERFORMANCE


def test_the_last_stage_is_announced(county: County, client_of: ClientOf) -> None:
    filing = queued(county, "甲局", stage=Stage.PERFORMANCE)
    text = words(client_of(county.performance_reviewer).post("/review/pass/", posted(filing)))
    assert "其中 1 份通过后即批复" in text


def test_returning_asks_for_code_and_words_and_keeps_what_was_typed(county: County, client_of: ClientOf) -> None:
    first, second = signed(county, "甲局"), signed(county, "乙局")
    client = client_of(county.section_reviewer)
    page = html(client.post("/review/return/", posted(first, second)))
    assert '<option value="data">数据有误</option>' in page
    assert "「本表」没有写清要达到什么结果，请补充。" in page
    address = "/review/return/do/"
    for typed, sentence in (
        ({"text": "请补全"}, "请选择退回的原因。"),
        ({"code": "data"}, "请写明原因"),
        ({"code": "data", "text": "请补全😀"}, "有 1 个字符无法打印：「😀」"),
        ({"code": "x", "text": "请补全"}, "x"),
    ):
        answer = client.post(address, {**posted(first, second), **typed})
        assert (answer.status_code, sentence in words(answer)) == (400, True)
        assert typed.get("text", "") in html(answer)
    assert not Remark.objects.exists()
    answer = client.post(address, {**posted(first, second), "code": "data", "text": "请补全"})
    assert "已退回 2 份" in words(answer)
    assert list(Remark.objects.values_list("code", "text")) == [("data", "请补全")] * 2


def test_damaged_selections_go_back_to_the_queue_with_a_sentence(county: County, client_of: ClientOf) -> None:
    client = client_of(county.section_reviewer)
    for address in ("/review/pass/", "/review/pass/do/", "/review/return/do/", "/review/assign/do/"):
        for selected, sentence in (
            ([], "没有选中申报表"),
            (["x"], "不完整"),
            ([f"{n}:0" for n in range(5000)], "选中了 5000 份"),
        ):
            assert sentence in words(client.post(address, {"selected": selected}, follow=True))


def test_bulk_decisions_are_for_reviewers_and_assignment_for_managers(county: County, client_of: ClientOf) -> None:
    filing = queued(county, "甲局")
    reviewer, manager = client_of(county.section_reviewer), client_of(county.manager)
    assert reviewer.post("/review/assign/", posted(filing)).status_code == 403
    assert manager.post("/review/pass/", posted(filing)).status_code == 403
    assert "批量通过" not in words(manager.get("/review/?tab=all"))
    assert "分配…" not in words(reviewer.get("/review/?tab=all"))


def test_a_manager_distributes(county: County, client_of: ClientOf) -> None:
    colleague = create_user("colleague", Role.REVIEWER, county.section)
    filings = [queued(county, name) for name in ("甲局", "乙局")]
    client = client_of(county.manager)
    page = words(client.post("/review/assign/", posted(*filings)))
    assert "colleague甲 可审其中 2 份，另有在审 0 份" in page
    assert client.post("/review/assign/do/", posted(*filings)).status_code == 400
    assert client.post("/review/assign/do/", {**posted(*filings), "to": county.filler.pk}).status_code == 400
    assert not Filing.objects.filter(reviewer__isnull=False).exists()
    answer = words(client.post("/review/assign/do/", {**posted(*filings), "to": "even"}))
    assert "已分配 2 份" in answer
    assert {filing.reviewer for filing in Filing.objects.all()} == {colleague, county.section_reviewer}


def test_planning_takes_as_many_queries_for_many_filings(
    county: County, client_of: ClientOf, django_assert_max_num_queries: object
) -> None:
    filings = [queued(county, f"单位{index}") for index in range(60)]
    client = client_of(county.section_reviewer)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        page = client.post("/review/pass/", posted(*filings))
    assert "可以通过 60 份" in words(page)
    assert Filing.objects.filter(status=Status.IN_REVIEW, stage=Stage.SECTION).count() == 60


def test_the_result_names_again_what_the_confirmation_left_out(county: County, client_of: ClientOf) -> None:
    clean, other = signed(county, "甲局"), queued(county, "乙局", counts={"errors": 1})
    client = client_of(county.section_reviewer)
    assert f'name="left_out" value="{other.pk}:{other.lock}"' in html(
        client.post("/review/pass/", posted(clean, other))
    )
    confirmed = {**posted(clean), "left_out": posted(other)["selected"]}
    result = words(client.post("/review/pass/do/", confirmed))
    assert "已通过 1 份 甲局" in result
    assert "未列入 1 份 单位 原因 乙局 有 1 项须改正。" in result


def test_what_was_left_out_is_not_decided_on_even_if_it_is_ready_by_now(county: County, client_of: ClientOf) -> None:
    clean, other = signed(county, "甲局"), signed(county, "乙局")
    client = client_of(county.section_reviewer)
    confirmed = {**posted(clean), "left_out": posted(other)["selected"], "code": "data", "text": "请补全"}
    result = words(client.post("/review/return/do/", confirmed))
    assert "乙局 确认时没有列入，请另行办理。" in result
    assert Filing.objects.get(pk=other.pk).status == Status.IN_REVIEW


def test_all_results_of_the_list_are_selected_by_its_filters(county: County, client_of: ClientOf) -> None:
    for number in range(52):
        queued(county, f"县{number}局")
    queued(county, "县外所")
    client = client_of(county.section_reviewer)
    cycle = county.cycle.pk
    page = html(client.get(f"/review/?tab=mine&cycle={cycle}&q=局"))
    assert "选中全部 52 份结果" in page
    address = f"/review/pass/?tab=mine&cycle={cycle}&q=局"
    assert address.replace("&", "&amp;").replace("局", "%E5%B1%80").split("?")[1] in page
    ticked = posted(Filing.objects.earliest("pk"))
    assert "可以通过 52 份" in words(client.post(address, {"all": "1", **ticked}))
    assert "选中全部" not in html(client.get(f"/review/?tab=mine&cycle={cycle}&q=所"))


@pytest.mark.parametrize("address", ["pass/do", "return/do", "assign/do"])
def test_nothing_is_decided_on_that_no_page_has_listed(county: County, client_of: ClientOf, address: str) -> None:
    listed, other = signed(county, "甲局"), signed(county, "乙局")
    user = county.manager if address.startswith("assign") else county.section_reviewer
    form = {**posted(listed), "all": "1", "code": "data", "text": "请补全", "to": str(county.section_reviewer.pk)}
    page = client_of(user).post(f"/review/{address}/?tab=all&cycle={county.cycle.pk}", form)
    assert "1 份 甲局" in words(page)
    unchanged = Filing.objects.get(pk=other.pk)
    assert (unchanged.lock, unchanged.reviewer) == (other.lock, None)


def test_all_results_are_refused_above_the_limit(
    county: County, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "MOST", 1)
    signed(county, "甲局"), signed(county, "乙局")
    page = client_of(county.section_reviewer).post(
        f"/review/pass/?tab=mine&cycle={county.cycle.pk}", {"all": "1"}, follow=True
    )
    assert "一次最多办理 1 份，选中了 2 份。请加上筛选条件，分几次办理。" in words(page)


def test_a_filing_withdrawn_since_the_list_is_named(county: County, client_of: ClientOf) -> None:
    first, second = signed(county, "甲局"), signed(county, "乙局")
    client = client_of(county.section_reviewer)
    step(Action.WITHDRAW, first, county.filler)
    for what in ({}, {"all": "1"}):
        page = client.post(f"/review/pass/?tab=mine&cycle={county.cycle.pk}", {**posted(first, second), **what})
        assert "可以通过 1 份" in words(page)
        assert "未列入 1 份 单位 原因 甲局 列出以后有改动：filler甲 " in words(page)
        assert f'href="/filings/{first.pk}/"' not in html(page)


def test_the_approvals_of_a_bulk_pass_are_undone_together(county: County, client_of: ClientOf) -> None:
    filings = [
        step(Action.APPROVE_STAGE, signed(county, name), county.section_reviewer) for name in ("甲局", "乙局", "丙局")
    ]
    client = client_of(county.performance_reviewer)
    page = client.post("/review/pass/do/", posted(*filings))
    assert "3 份均为批复，由后台陆续盖章； 10 秒内可以撤销。 全部撤销" in words(page)
    first = PendingApproval.objects.order_by("pk")[0]
    approvals.cancel(first, by=county.performance_reviewer)
    answer = words(client.post("/review/pass/undo/", posted(*filings), follow=True))
    assert "已撤销 2 份批复" in answer
    assert "有 1 份已经盖章或已撤销" in answer
    work(ahead=True)
    assert set(PendingApproval.objects.values_list("state", flat=True)) == {ApprovalState.CANCELLED}


def test_approvals_of_others_are_not_undone(county: County, client_of: ClientOf) -> None:
    filing = step(Action.APPROVE_STAGE, signed(county, "甲局"), county.section_reviewer)
    client_of(county.performance_reviewer).post("/review/pass/do/", posted(filing))
    other = create_user("other", Role.REVIEWER, county.performance)
    client_of(other).post("/review/pass/undo/", posted(filing))
    assert PendingApproval.objects.get().state == ApprovalState.WAITING
