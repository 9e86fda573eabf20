"""Reasons of an adjustment on the page of the submission, and where the rows are shown side by side afterwards."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from filings import drafts
from filings.choices import Action, Role, Status
from filings.document.place import Place
from filings.drafts import Change
from filings.lifecycle.adjustment import of_revision
from filings.models import AdjustmentReason, Filing
from filings.tests.browser.states import approved, needs_explanation, passed
from filings.tests.county import County, create_user, step, with_reasons
from filings.tests.drafting import add_row, remove_row, save
from filings.tests.views.conftest import ClientOf
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import html, words
from filings.views.typed_fields import typed_fields

pytestmark = pytest.mark.both

TARGET, GOAL = "indicators[i0]", "goals[0]"
UNSAVED = ' data-unsaved="changed"'


def address(filing: Filing) -> str:
    return f"/filings/{filing.pk}/submit/"


def fields(client: Client, filing: Filing) -> dict[str, str]:
    return posted(html(client.get(address(filing))), "submission")


@pytest.fixture
def filing(county: County) -> Filing:
    """An adjustment with another target and another goal."""
    adjusted = step(Action.ADJUST, approved(county), county.filler, reason="追加预算。")
    changes = (f"{TARGET}.target", "≥500卷", "≥600卷"), (GOAL, "保障单位运转，管好县档案。", "管好县档案。")
    assert save(adjusted, county, *changes).is_whole
    return adjusted


def reasons() -> list[tuple[str, str, str]]:
    return list(AdjustmentReason.objects.values_list("place", "reason", "words"))


def test_each_changed_row_is_listed_with_old_and_new_and_a_list_of_reasons(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.filler)
    page = words(client.get(address(filing)))
    assert "与现行定稿相比，调整 2 行 2 行尚未写明原因" in page
    assert "修改 接收档案 产出指标 / 数量指标 指标值： ≥500 卷 指标值： ≥600 卷" in page
    assert "请选择 预算调整 职能职责调整 政策变化" in page
    assert "尚未选择原因。" not in page
    assert "确认提交" in page


def test_rows_added_and_removed_are_listed_too(county: County, client_of: ClientOf, filing: Filing) -> None:
    added = add_row(filing, "duties", by=county.filler)
    filing.duties.filter(key=added.key).update(raw="（二）负责查档。")
    remove_row(filing, Place("indicators", "i1"), by=county.filler)
    page = words(client_of(county.filler).get(address(filing)))
    assert "新增 （二）负责查档。 部门职能职责概述 （无此行） （二）负责查档。" in page
    assert "删除 查阅人次 效益指标 / 社会效益指标 指标名称：查阅人次 指标值：≥300人次 （已删除）" in page


def test_a_missing_reason_stops_the_submission_and_what_is_typed_is_stored(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.filler)
    typed = {f"reason-{TARGET}": "other", f"words-{TARGET}": "", "note": "请尽快。", f"words-{GOAL}": "先写\r\n说明"}
    refused = client.post(address(filing), fields(client, filing) | typed)
    page = words(refused)
    assert refused.status_code == 409
    assert "操作未完成。 有 2 行调整尚未写明原因：「整体绩效目标」、「接收档案」。请逐行选择原因，再提交。" in page
    assert "选择「其他」的，须写明原因。" in page
    assert "尚未选择原因。" in page
    assert sorted(reasons()) == [(GOAL, "", "先写\n说明"), (TARGET, "other", "")]
    again = posted(html(refused), "submission")
    assert (again["note"], again[f"reason-{TARGET}"], again[f"words-{GOAL}"]) == ("请尽快。", "other", "先写\r\n说明")
    assert Filing.objects.get().status == Status.DRAFT


def test_reasons_are_frozen_by_the_submission_which_can_be_repeated(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.filler)
    typed = {f"reason-{TARGET}": "other", f"words-{TARGET}": "省里下达任务。", f"reason-{GOAL}": "policy"}
    data = fields(client, filing) | typed
    answers = [client.post(address(filing), data) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    assert "/receipts/" in answers[1]["Location"]
    frozen = filing.revisions.get(number=2).adjustment_reasons
    assert set(frozen.values_list("place", "label", "words")) == {
        (TARGET, "其他", "省里下达任务。"),
        (GOAL, "政策变化", ""),
    }


def test_explanation_and_reasons_are_given_in_one_post(county: County, client_of: ClientOf) -> None:
    filing = needs_explanation(county)
    client = client_of(county.filler)
    data = fields(client, filing)
    name = next(name for name in data if name.startswith("explanations-"))
    client.post(address(filing), data | {name: "省级定额核定。"})
    adjusted = step(Action.ADJUST, passed(step(Action.SIGN, filing, county.head), county), county.filler, reason="调。")
    assert save(adjusted, county, (GOAL, adjusted.texts.get(place=GOAL).raw, "管好档案。"), client_id="goal").is_whole
    typed = {f"reason-{GOAL}": "policy", name: "省级定额重新核定。"}
    data = fields(client, adjusted) | typed
    answers = [client.post(address(adjusted), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert adjusted.revisions.count() == 2


def test_one_reason_is_given_to_all_rows_without_one(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.filler)
    data = fields(client, filing) | {
        f"reason-{GOAL}": "policy",
        "common-reason": "other",
        "common-words": "年中追加。",
        "note": "请审签。",
    }
    answer = client.post(f"{address(filing)}reasons/", data)
    assert "已保存调整原因，尚未提交。" in words(answer)
    assert sorted(reasons()) == [(GOAL, "policy", ""), (TARGET, "other", "年中追加。")]
    again = posted(html(answer), "submission")
    assert (again["note"], UNSAVED in html(answer)) == ("请审签。", True)
    assert client.post(address(filing), again).status_code == 302


def test_the_common_reason_also_counts_when_the_table_is_submitted(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.filler)
    assert client.post(address(filing), fields(client, filing) | {"common-reason": "budget"}).status_code == 302
    assert {label for _place, label, _words in reasons()} == {"budget"}


def test_a_reason_changed_in_another_window_is_named_and_nothing_is_lost(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.filler)
    data = fields(client, filing) | {f"reason-{TARGET}": "budget", f"reason-{GOAL}": "policy"}
    other = client_of(create_user("other", Role.FILLER, county.department))
    theirs = fields(other, filing) | {f"reason-{TARGET}": "duty"}
    assert other.post(f"{address(filing)}reasons/", theirs).status_code == 200
    refused = client.post(address(filing), data)
    assert refused.status_code == 409
    assert "other甲已将「接收档案」的调整原因改为「职能职责调整」，请核对后再提交。" in words(refused)
    assert sorted(reasons()) == [(GOAL, "policy", ""), (TARGET, "duty", "")]
    again = posted(html(refused), "submission")
    assert again[f"reason-{TARGET}"] == "budget"
    assert client.post(address(filing), again).status_code == 302
    assert filing.revisions.get(number=2).adjustment_reasons.get(place=TARGET).label == "预算调整"


def test_a_reason_that_only_another_user_has_changed_is_shown_as_it_is_now(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.filler)
    data = fields(client, filing) | {f"reason-{GOAL}": "policy"}
    other = client_of(create_user("other", Role.FILLER, county.department))
    other.post(f"{address(filing)}reasons/", fields(other, filing) | {f"reason-{TARGET}": "duty"})
    refused = client.post(address(filing), data)
    assert refused.status_code == 409
    assert posted(html(refused), "submission")[f"reason-{TARGET}"] == "duty"


def test_reasons_survive_saves_of_the_table(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.filler)
    data = fields(client, filing) | {f"reason-{TARGET}": "budget", f"reason-{GOAL}": "policy"}
    drafts.save(filing, [Change(f"{TARGET}.name", "接收档案", "接收县直档案")], by=county.filler, client_id="later")
    refused = client.post(address(filing), data)
    assert refused.status_code == 409
    again = posted(html(refused), "submission")
    assert (again[f"reason-{TARGET}"], again[f"reason-{GOAL}"]) == ("budget", "policy")
    assert client.post(address(filing), again).status_code == 302


def test_an_unchanged_adjustment_cannot_be_submitted(county: County, client_of: ClientOf) -> None:
    filing = step(Action.ADJUST, approved(county), county.filler, reason="追加预算。")
    page = client_of(county.filler).get(address(filing))
    assert "本表与现行定稿的内容相同，没有调整，不能提交。" in words(page)
    assert "确认提交</button>" not in html(page)


def test_the_save_of_reasons_is_for_those_who_submit(county: County, client_of: ClientOf, filing: Filing) -> None:
    save_address = f"{address(filing)}reasons/"
    assert client_of(county.filler).get(save_address)["Location"] == address(filing)
    assert client_of(county.head).post(save_address).status_code == 403
    assert client_of(county.stranger).post(save_address).status_code == 404


def test_reasons_typed_before_the_login_expired_count_as_typed(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    data = fields(client_of(county.filler), filing)
    assert typed_fields(data) == {}
    typed = {f"reason-{TARGET}": "budget", f"words-{GOAL}": "追加。", "common-words": "年中追加。"}
    assert typed_fields(data | typed).keys() == typed.keys()


def test_users_see_the_rows_side_by_side_in_each_later_step(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    reason = {f"reason-{TARGET}": "other", f"words-{TARGET}": "省里下达任务。", f"reason-{GOAL}": "policy"}
    client = client_of(county.filler)
    client.post(address(filing), fields(client, filing) | reason)
    row = "指标值： ≥500 卷 指标值： ≥600 卷 其他：省里下达任务。"
    shown = f"/filings/{filing.pk}"
    assert row in words(client_of(county.head).get(f"{shown}/sign/"))
    step(Action.SIGN, filing, county.head)
    assert row in words(client_of(county.supervisor_reviewer).get(f"{shown}/review/"))
    for reviewer in (county.supervisor_reviewer, county.section_reviewer):
        step(Action.APPROVE_STAGE, filing, reviewer)
    page = words(client_of(county.performance_reviewer).get(f"{shown}/approve/"))
    assert "调整 2 行 ，与第 1 版定稿相比" in page
    assert row in page
    step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    assert row in words(client_of(county.observer).get(f"{shown}/revisions/2/"))
    page = words(client.get(f"{shown}/"))
    assert "提交送签（第 2 版），调整 2 行" in page
    assert re.search(r"现行 第 2 版 .* 取代 \S+ 批复的第 1 版定稿，\s?调整 2 行 已被取代 第 1 版", page)


def test_the_first_version_is_no_adjustment(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    for page, user in (("review", county.supervisor_reviewer), ("revisions/1", county.head)):
        assert 'id="adjusted"' not in html(client_of(user).get(f"/filings/{filing.pk}/{page}/"))


def test_the_chain_names_revoked_and_repeated_copies(county: County, client_of: ClientOf) -> None:
    filing = step(Action.REVOKE, approved(county), county.performance_reviewer, reason="金额有误。")
    step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    page = words(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    assert re.search(r"现行 第 1 版 .* 同一版重新批复，取代 \S+ 批复的第 1 版定稿 批复已撤回 第 1 版", page)
    assert re.search(r"绩效股 performance_reviewer甲 \S+ \S+ 撤回：金额有误。 \S+ \S+ 由第 1 版定稿取代", page)
    copy = filing.issued_copies.get(live=True)
    type(copy).objects.filter(pk=copy.pk).update(reissue_reason="补签名。")
    page = words(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    assert "补办用印签名（补签名。），取代" in page


@pytest.mark.parametrize("rows", [1, 12])
def test_the_page_takes_as_many_queries_for_many_rows(
    county: County,
    client_of: ClientOf,
    filing: Filing,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        added = add_row(filing, "duties", by=county.filler)
        filing.duties.filter(key=added.key).update(raw=f"负责第{number}项工作。")
    client = client_of(county.filler)
    client.post(f"{address(filing)}reasons/", fields(client, filing) | {"common-reason": "budget"})
    assert AdjustmentReason.objects.count() == rows + 2
    with django_assert_num_queries(32):
        client.get(address(filing))


@pytest.mark.parametrize(("revisions", "queries"), [(1, 0), (2, 2)])
def test_reading_a_version_takes_queries_for_the_adjustment_only_after_the_first(
    county: County, filing: Filing, revisions: int, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    revision = filing.revisions.get(number=revisions)
    edition = filing.cycle.edition.definition()
    with django_assert_num_queries(queries):
        of_revision(revision, edition)
