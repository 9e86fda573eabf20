"""The fill-in page: access, content, and number of queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from filings import drafts
from filings.choices import Action, Status
from filings.models import Filing, Indicator, User
from filings.tests.county import County, step
from filings.tests.views.page_forms import posted

pytestmark = pytest.mark.django_db


def page(client: Client, user: User, filing: Filing) -> str:
    client.force_login(user)
    response = client.get(f"/filings/{filing.pk}/fill/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_posted_form_holds_the_stored_texts(client: Client, county: County) -> None:
    filing = county.filled()
    fields = posted(page(client, county.filler, filing))
    raw = drafts.raw(filing)
    assert fields["amounts-TOTAL"] == fields["initial-amounts-TOTAL"] == "100"
    assert fields["texts-department"] == "县档案馆"
    assert fields["lock"] == str(filing.lock)
    shown = [
        tuple(fields[f"indicators-{index}-{name}"] for name in ("key", "name", "target", "node"))
        for index in range(int(fields["indicators-TOTAL_FORMS"]))
    ]
    assert shown == [(row.key, row.name, row.target, row.node) for row in raw.indicators]


@pytest.mark.parametrize("who", ["head", "observer", "manager"])
def test_other_roles_see_who_fills_in(client: Client, county: County, who: str) -> None:
    filing = county.started()
    client.force_login(getattr(county, who))
    response = client.get(f"/filings/{filing.pk}/fill/")
    assert response.status_code == 403
    assert "由「县档案馆」的填报人办理" in response.content.decode()


@pytest.mark.parametrize("who", ["stranger", "section_reviewer"])
def test_users_of_other_departments_get_404(client: Client, county: County, who: str) -> None:
    filing = county.started()
    client.force_login(getattr(county, who))
    assert client.get(f"/filings/{filing.pk}/fill/").status_code == 404


def test_a_submitted_table_redirects_to_its_detail_page(client: Client, county: County) -> None:
    filing = county.signing()
    client.force_login(county.filler)
    response = client.get(f"/filings/{filing.pk}/fill/", follow=True)
    assert response.redirect_chain == [(f"/filings/{filing.pk}/", 302)]
    assert "已经提交，不能修改" in response.content.decode()


def test_typed_markup_is_escaped(client: Client, county: County) -> None:
    filing = county.filled()
    nasty = '"><script>alert(1)</script></textarea>'
    filing.indicators.filter(key="i0").update(name=nasty)
    filing.texts.filter(place="fields[department]").update(raw=nasty)
    html = page(client, county.filler, filing)
    assert "<script>alert" not in html
    fields = posted(html)
    assert fields["texts-department"] == nasty
    assert nasty in fields.values()


def test_markup_of_the_page_is_not_escaped(client: Client, county: County) -> None:
    assert "&lt;" not in page(client, county.filler, county.filled())


def test_findings_are_shown_at_their_cells_and_in_a_list_of_links(client: Client, county: County) -> None:
    filing = county.filled()
    filing.indicators.filter(key="i0").update(target="待定")
    html = page(client, county.filler, filing)
    sentence = "指标值「待定」未填写具体内容。请填写具体的指标值。"
    assert html.count(sentence) == 2
    assert f'<a href="#at-indicators-i0-target">数量指标第 2 行</a>：{sentence}' in html
    assert 'id="at-indicators-i0-target"' in html


def test_blank_sections_are_listed_without_errors(client: Client, county: County) -> None:
    html = page(client, county.filler, county.started())
    assert html.count("整体绩效目标未填写") == 1
    assert '<li class="blank"><a href="#at-goals-0">整体绩效目标未填写</a>' in html
    assert '<h3>待填 <span class="num">5</span></h3>' in html
    assert "note error" not in html


def test_half_a_row_is_listed_under_its_number_on_the_form(client: Client, county: County) -> None:
    filing = county.filled()
    filing.indicators.filter(key="i0").update(target="")
    html = page(client, county.filler, filing)
    link = '<a href="#at-indicators-i0-target">数量指标第 2 行</a>'
    assert f'<li class="blank">{link}：指标「接收档案」的指标值未填写' in html
    assert 'aria-label="数量指标第 2 行，指标值及单位"' in html
    assert "note error" not in html


def test_a_returned_table_shows_the_reasons_and_a_field_for_each_answer(client: Client, county: County) -> None:
    User.objects.filter(pk=county.supervisor_reviewer.pk).update(telephone="0734-1234567")
    filing = step(
        Action.RETURN,
        county.in_review(),
        county.supervisor_reviewer,
        reason="请补充成本指标。",
        remarks=(("indicators[i0]", "数量从哪里来？"),),
    )
    assert filing.status == Status.RETURNED
    html = page(client, county.filler, filing)
    for words in ("请补充成本指标。", "0734-1234567", '<a href="#at-indicators-i0-name">数量从哪里来？</a>'):
        assert words in html
    assert posted(html)["answers-0-text"] == ""


def test_the_head_who_sent_the_table_back_is_named(client: Client, county: County) -> None:
    filing = step(Action.SEND_BACK, county.signing(), county.head, reason="金额再核一遍。")
    html = page(client, county.filler, filing)
    assert "单位负责人 head甲 退回" in html
    assert "金额再核一遍。" in html


def test_300_rows_take_as_many_queries_as_10(client: Client, county: County) -> None:
    filing = county.filled()
    page(client, county.filler, filing)
    with CaptureQueriesContext(connection) as few:
        page(client, county.filler, filing)
    node = filing.indicators.get(key="i0").node
    Indicator.objects.bulk_create(
        Indicator(filing=filing, key=f"n{number}", rank=str(30 + number), node=node, name=f"名称{number}")
        for number in range(290)
    )
    with CaptureQueriesContext(connection) as many:
        page(client, county.filler, filing)
    assert len(many) == len(few) <= 45
