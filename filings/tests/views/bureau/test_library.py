"""指标库 and 收入指标库: permissions, search, and adding rows of approved tables."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from filings.choices import Action, Stage
from filings.models import Department, Filing, LibraryEntry, User
from filings.tests.county import County, found_county, step
from filings.tests.library.seeded import approved, cycle_of, entry, seeded
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words

pytestmark = pytest.mark.both

NAME = re.compile(r"<td><strong>(.*?)</strong></td>")


def listed(client: Client, asked: str = "") -> list[str]:
    return NAME.findall(html(client.get(f"/library/{asked}")))


def test_only_users_with_a_post_may_look(county: County, client_of: ClientOf) -> None:
    assert "指标库尚无指标" in words(client_of(county.observer).get("/library/"))
    without = client_of(User.objects.create(username="new", name="新人")).get("/library/")
    assert (without.status_code, "尚未任职，不能查看指标库" in words(without)) == (403, True)


def test_entries_are_searched_by_words_initials_and_class(county: County, client_of: ClientOf) -> None:
    entry("群众满意度", "SAT.SERV", "≥95%", "≥90%", unit="%")
    entry("群众来信办理", "OUT.QTY", "≥9件", unit="件")
    entry("接收档案", "OUT.QTY")
    entry("增收", "BEN.ECON")
    client = client_of(county.filler)
    assert listed(client) == ["接收档案", "群众来信办理", "增收", "群众满意度"]
    assert listed(client, "?q=群众") == ["群众来信办理", "群众满意度"]
    assert listed(client, "?q=myd") == ["群众满意度"]
    assert listed(client, "?q=群众 办理") == ["群众来信办理"]
    assert listed(client, "?q=群众&class=OUT.QTY") == ["群众来信办理"]
    assert listed(client, "?class=NONE") == ["接收档案", "群众来信办理", "增收", "群众满意度"]
    assert "没有符合条件的指标" in words(client.get("/library/?q=没有"))
    assert "群众满意度 服务对象满意度指标 % ≥95%；≥90% 演示编拟" in words(client.get("/library/?q=myd"))


def test_typed_text_is_escaped(county: County, client_of: ClientOf) -> None:
    entry("<b>甲</b>", "OUT.QTY", "<i>", source="<u>")
    page = html(client_of(county.filler).get("/library/?q=%3Cb"))
    assert "&lt;b&gt;甲&lt;/b&gt;" in page
    assert re.findall(r"<b>甲|<i>|<u>", page) == []


def test_pages_of_fifty_take_a_constant_number_of_queries(county: County, client_of: ClientOf) -> None:
    client = client_of(county.filler)
    entry("甲")
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/library/?class=OUT.QTY")
        counts.append(len(queries))
        seeded(county)
    assert counts[0] == counts[1]
    assert [len(listed(client, f"?page={page}")) for page in (1, 2, 3, 4)] == [50, 50, 23, 23]


def test_links_to_other_pages_keep_the_search(county: County, client_of: ClientOf) -> None:
    for number in range(51):
        entry(f"完成率{number}")
    assert 'href="?q=%E7%8E%87&amp;class=OUT.QTY&amp;page=2"' in html(
        client_of(county.filler).get("/library/?q=率&class=OUT.QTY")
    )


@pytest.fixture
def one_stage(db: None) -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture
def filing(one_stage: County) -> Filing:
    """An approved table with two rows."""
    return step(Action.APPROVE_STAGE, one_stage.in_review(), one_stage.performance_reviewer)


def address(filing: Filing, rest: str = "") -> str:
    return f"/filings/{filing.pk}/library/{rest}"


def chosen(filing: Filing, *rows: str) -> dict[str, object]:
    copy = filing.live_copy()
    assert copy is not None
    return {"copy": copy.code, "row": list(rows)}


def test_a_reviewer_adds_rows(one_stage: County, filing: Filing, client_of: ClientOf) -> None:
    client = client_of(one_stage.performance_reviewer)
    assert f'<a href="{address(filing)}">收入指标库</a>' in html(client.get(f"/filings/{filing.pk}/"))
    assert "接收档案 数量指标 ≥500卷 —" in words(client.get(address(filing)))
    answer = client.post(address(filing, "take/"), chosen(filing, "i0", "i9"), follow=True)
    assert answer.redirect_chain == [(address(filing), 302)]
    assert "已收入 1 条指标。" in words(answer)
    assert "接收档案 数量指标 ≥500卷 已在库中 查阅人次 社会效益指标 ≥300人次 —" in words(answer)
    year = filing.cycle.year
    assert list(LibraryEntry.objects.values_list("name", "canonical", "values", "source", "by__username")) == [
        ("接收档案", "OUT.QTY", ["≥500卷"], f"县档案馆 {year}年", "performance_reviewer")
    ]
    client.post(address(filing, "take/"), chosen(filing, "i0", "i1"))
    assert "这份定稿的指标都已在库中。" in words(client.get(address(filing)))
    assert LibraryEntry.objects.count() == 2


def test_an_existing_entry_gains_the_value(one_stage: County, filing: Filing, client_of: ClientOf) -> None:
    entry("接收档案", "OUT.QTY", "≥100卷")
    client = client_of(one_stage.manager)
    assert "接收档案 数量指标 ≥500卷 已有同名指标，可加上这个值" in words(client.get(address(filing)))
    client.post(address(filing, "take/"), chosen(filing, "i0"))
    assert LibraryEntry.objects.get().values == ["≥100卷", "≥500卷"]


def test_no_choice_or_another_copy_adds_nothing(one_stage: County, filing: Filing, client_of: ClientOf) -> None:
    client = client_of(one_stage.manager)
    assert "尚未勾选指标。" in words(client.post(address(filing, "take/"), chosen(filing), follow=True))
    stale = {**chosen(filing, "i0"), "copy": "AAAABBBBCCCC"}
    assert "这份定稿已经换成新的" in words(client.post(address(filing, "take/"), stale, follow=True))
    assert not LibraryEntry.objects.exists()


def test_only_the_bureau_may_add_rows(one_stage: County, filing: Filing, client_of: ClientOf) -> None:
    for user in (one_stage.filler, one_stage.head, one_stage.observer, one_stage.supervisor_reviewer):
        client = client_of(user)
        assert "收入指标库" not in words(client.get(f"/filings/{filing.pk}/"))
        for answer in (client.get(address(filing)), client.post(address(filing, "take/"), chosen(filing, "i0"))):
            assert (answer.status_code, "只有财政局的审核人和管理员" in words(answer)) == (403, True), user
    assert client_of(one_stage.section_reviewer).get(address(filing)).status_code == 200
    assert not LibraryEntry.objects.exists()


def test_unapproved_or_withheld_tables_are_refused_with_the_reason(one_stage: County, client_of: ClientOf) -> None:
    filing = one_stage.in_review()
    client = client_of(one_stage.manager)
    assert "尚未批复，批复后才能收入指标库" in words(client.get(address(filing)))
    filing = step(Action.APPROVE_STAGE, filing, one_stage.performance_reviewer)
    assert client.get(address(filing)).status_code == 200
    Department.objects.filter(pk=filing.department_id).update(withheld=True)
    for answer in (client.get(address(filing)), client.post(address(filing, "take/"), chosen(filing, "i0"))):
        assert (answer.status_code, "「县档案馆」涉密，它的指标不收入指标库。" in words(answer)) == (403, True)
    assert "收入指标库" not in words(client.get(f"/filings/{filing.pk}/"))
    assert not LibraryEntry.objects.exists()


def test_a_copy_under_adjustment_is_still_in_force(one_stage: County, client_of: ClientOf) -> None:
    copy = approved(one_stage.department, cycle_of(2020), one_stage.filler, ("OUT.QTY", "<b>接收</b>", "≥5卷"))
    Filing.objects.filter(pk=copy.filing_id).update(status="draft", adjusts=copy)
    assert "&lt;b&gt;接收&lt;/b&gt;" in html(client_of(one_stage.manager).get(address(copy.filing)))
