"""沿用上年: the preview of last year's table, its adoption, and the confirmation of unchanged texts."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from filings import drafts
from filings.choices import Action
from filings.drafts.last_year import Choice
from filings.models import Filing, IssuedCopy
from filings.tests.county import County, step
from filings.tests.drafting import save
from filings.tests.last_year import DUTIES, GOAL, carried_over, key, on_another_form, texts, with_last_year
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def filing(client: Client, county: County) -> Filing:
    client.force_login(county.filler)
    return with_last_year(county)


def page(filing: Filing) -> str:
    return f"/filings/{filing.pk}/fill/last-year/"


def adopt(client: Client, filing: Filing, **chosen: str) -> str:
    """Adopt last year's table and return the words of the next page."""
    copy = IssuedCopy.objects.get(live=True)
    return words(client.post(f"{page(filing)}adopt/", {"copy": copy.code, **chosen}, follow=True))


def links(client: Client, filing: Filing) -> list[str]:
    """Return the texts of the links to the page from the fill-in page and the page of imports."""
    shown = (html(client.get(f"/filings/{filing.pk}/fill/{path}")) for path in ("", "import/"))
    return [text for answer in shown for text in re.findall(rf'<a[^>]* href="{page(filing)}">([^<]*)</a>', answer)]


def test_the_pages_link_to_it(client: Client, filing: Filing) -> None:
    assert links(client, filing) == ["沿用上年", "沿用上年批复的表", "沿用上年"]


def test_without_an_approved_table_no_page_links_to_it(client: Client, county: County) -> None:
    client.force_login(county.filler)
    assert links(client, county.started()) == []


def test_the_link_stays_while_texts_of_a_revoked_table_wait(client: Client, county: County) -> None:
    client.force_login(county.filler)
    filing = carried_over(county, Choice(fields=False, names=False, goal=False, tasks=False))
    IssuedCopy.objects.update(live=False)
    assert links(client, filing)[0] == "沿用上年"
    client.post(f"{page(filing)}confirm/", {"place": "duties"})
    assert links(client, filing) == []


def test_without_an_approved_table_there_is_a_message(client: Client, county: County) -> None:
    client.force_login(county.filler)
    shown = words(client.get(page(county.started())))
    assert "没有上年已批复的表" in shown
    assert "采用" not in shown


def test_the_page_names_the_table_and_the_numbers_of_changes(client: Client, county: County, filing: Filing) -> None:
    shown = words(client.get(page(filing)))
    assert f"{county.cycle.year - 1}年的表，第 2 版" in shown
    assert "新增 5 行，填入 1 个空白栏目。" in shown
    assert "不动。" not in shown


def test_the_preview_has_names_with_last_years_values(client: Client, filing: Filing) -> None:
    answer = client.get(page(filing))
    assert "上年 ≥500卷" in words(answer)
    assert "资金总额：" in words(answer)
    assert '<span class="note last-year"><b>上年</b> 90</span>' in html(answer)
    assert GOAL in words(answer)


def test_the_preview_follows_the_choices(client: Client, filing: Filing) -> None:
    answer = client.get(f"{page(filing)}?targets=keep&goal=leave&duties=nonsense")
    assert "接收档案 ≥500卷" in words(answer)
    assert GOAL not in words(answer)
    assert DUTIES[0] in words(answer)
    for checked in ("targets-keep", "goal-leave", "duties-keep", "money-leave"):
        assert f'id="{checked}" checked' in html(answer)
    for hidden in ('name="targets" value="keep"', 'name="goal" value="leave"', 'name="money" value="leave"'):
        assert f'<input type="hidden" {hidden}>' in html(answer)


def test_the_preview_stores_nothing(client: Client, filing: Filing) -> None:
    before = texts(filing)
    client.get(page(filing))
    assert (texts(filing), filing.edits.count(), filing.points.count()) == (before, 0, 0)


def test_adopting_stores_the_chosen_parts_and_redirects_to_the_table(client: Client, filing: Filing) -> None:
    shown = adopt(client, filing, targets="keep", goal="leave")
    assert "已沿用上年的表：新增 5 行，填入 0 个栏目。" in shown
    raw = drafts.raw(filing)
    assert [row.target for row in raw.indicators if row.name] == ["≥500卷", "≤90万元", "≥300人次"]
    assert raw.goal == ""


def test_after_adopting_nothing_is_left_to_carry_over(client: Client, filing: Filing) -> None:
    adopt(client, filing)
    shown = words(client.get(page(filing)))
    assert "没有需要沿用的内容" in shown
    assert "「采用」写入预览的内容" not in shown


def test_typed_texts_are_counted_and_stay(client: Client, county: County, filing: Filing) -> None:
    save(filing, county, ("goals[0]", "", "<b>今年的目标</b>"))
    answer = client.get(page(filing))
    assert "已填有其他内容的 1 个栏目不变。" in words(answer)
    assert "<b>今年的目标</b>" not in html(answer)


def test_with_another_edition_the_classes_are_mapped_first(client: Client, county: County) -> None:
    client.force_login(county.filler)
    shown = words(client.get(page(on_another_form(county))))
    assert shown.index("今年表样有变化") < shown.index("新增 5 行")
    assert "成本指标 社会成本指标 待归类 1" in shown
    assert "满意度指标 服务对象满意度指标 效益指标 社会公众或服务对象满意度 1" in shown
    assert "产出指标 数量指标 产出指标 数量指标 1" in shown


def test_with_the_same_edition_no_classes_are_mapped(client: Client, filing: Filing) -> None:
    assert "指标分类对应如下" not in words(client.get(page(filing)))


def test_texts_without_a_place_are_listed_if_their_part_is_kept(client: Client, county: County) -> None:
    client.force_login(county.filler)
    filing = on_another_form(county)
    shown = words(client.get(page(filing)))
    assert "今年的表样没有对应的 4 个栏目" in shown
    assert "填报人 王敏" in shown
    assert "接收档案，分值（90） 10" in shown
    shown = words(client.get(f"{page(filing)}?fields=leave&names=leave"))
    assert "不会沿用" not in shown


def test_a_replaced_copy_must_be_previewed_first(client: Client, filing: Filing) -> None:
    before = texts(filing)
    answer = client.post(f"{page(filing)}adopt/", {"copy": "ANOTHER"}, follow=True)
    assert answer.redirect_chain == [(page(filing), 302)]
    assert "上年的表已经换成新的定稿，没有沿用。" in words(answer)
    assert texts(filing) == before


def test_rows_beyond_the_limit_are_refused(client: Client, filing: Filing) -> None:
    for number in range(59):
        filing.duties.create(key=f"more{number}", rank=str(10 + number), raw=f"（{number}）职责")
    reason = "已有 60 行，最多 60 行，不能再加 2 行。"
    shown = words(client.get(page(filing)))
    assert reason in shown
    assert "采用" not in shown
    assert reason in adopt(client, filing)


def test_a_submitted_table_redirects_to_its_detail_page(client: Client, county: County, filing: Filing) -> None:
    adopt(client, filing, targets="keep", money="keep")
    step(Action.SUBMIT, filing, county.filler)
    answer = client.get(page(filing), follow=True)
    assert answer.redirect_chain == [(f"/filings/{filing.pk}/", 302)]
    before = texts(filing)
    assert "已经提交" in adopt(client, filing)
    assert "已经提交" in words(client.post(f"{page(filing)}confirm/", {"place": "goals"}, follow=True))
    assert texts(filing) == before


@pytest.mark.parametrize("who", ["head", "observer", "manager"])
def test_other_roles_are_refused(client_of: ClientOf, county: County, filing: Filing, who: str) -> None:
    client = client_of(getattr(county, who))
    before = texts(filing)
    assert client.get(page(filing)).status_code == 403
    assert client.post(f"{page(filing)}adopt/", {"copy": "LASTYEARCOPY"}).status_code == 403
    assert client.post(f"{page(filing)}confirm/", {"place": "goals"}).status_code == 403
    assert texts(filing) == before


def test_users_of_other_departments_get_404(client_of: ClientOf, county: County, filing: Filing) -> None:
    client = client_of(county.stranger)
    assert client.get(page(filing)).status_code == 404
    assert client.post(f"{page(filing)}adopt/", {"copy": "LASTYEARCOPY"}).status_code == 404


def test_actions_need_a_post(client: Client, filing: Filing) -> None:
    for step_ in ("adopt", "confirm"):
        assert client.get(f"{page(filing)}{step_}/").status_code == 405


def test_unconfirmed_texts_are_counted_and_confirmed_by_section(client: Client, county: County) -> None:
    client.force_login(county.filler)
    filing = carried_over(county)
    assert "部门职能职责 2 处 已核对 ：部门职能职责" in words(client.get(page(filing)))
    answer = client.post(f"{page(filing)}confirm/", {"place": "duties"}, follow=True)
    assert "已核对 2 处。" in words(answer)
    assert "部门职能职责 2 处" not in words(answer)
    assert "绩效指标 3 处" in words(answer)


def test_one_cell_is_confirmed(client: Client, county: County) -> None:
    client.force_login(county.filler)
    filing = carried_over(county)
    answer = client.post(f"{page(filing)}confirm/", {"place": f"indicators[{key(1)}].name"}, follow=True)
    assert "绩效指标 2 处" in words(answer)


@pytest.mark.parametrize("place", ["", "nowhere", "indicators[", "goals[0]\x00"])
def test_an_invalid_place_is_refused(client: Client, filing: Filing, place: str) -> None:
    assert client.post(f"{page(filing)}confirm/", {"place": place}).status_code == 400


def test_the_number_of_queries_is_independent_of_the_rows(client: Client, filing: Filing) -> None:
    client.get(page(filing))
    with CaptureQueriesContext(connection) as few:
        client.get(page(filing))
    adopt(client, filing)
    for number in range(100):
        filing.indicators.create(key=f"x{number}", rank=str(100 + number), name=f"第{number}项")
    with CaptureQueriesContext(connection) as many:
        client.get(page(filing))
    assert len(many) == len(few)
