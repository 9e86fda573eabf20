"""Panels of the fill-in page: verdict, explanations, quick fixes, and links of rows to money and duties."""

import pytest
from django.test import Client
from django.utils import timezone

from filings import drafts
from filings.choices import Action
from filings.models import ControlFigure, Edit, Filing
from filings.tests.county import County, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import html, words
from filings.tests.views.script_posts import by_another, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(client: Client, county: County) -> Filing:
    """A filing with project expenditure that no indicator is linked to: K2 asks for an explanation."""
    client.force_login(county.filler)
    filing = county.filled()
    filing.amounts.filter(line="EXP.BASIC").update(raw="60", fen=60_000_000)
    filing.amounts.create(line="EXP.PROJECT", raw="40", fen=40_000_000)
    return filing


def page(client: Client, filing: Filing, query: str = "?checked=1") -> str:
    """The page after the whole table has been checked; with an empty query, as it is opened."""
    return client.get(f"/filings/{filing.pk}/fill/{query}").content.decode()


def explanation_field(page: str) -> str:
    [name] = [name for name in posted(page) if name.startswith("explanations-K2-")]
    return name


def test_the_verdict_states_whether_the_table_can_be_submitted(client: Client, filing: Filing) -> None:
    rules = f'已按 <a href="/cycles/{filing.cycle_id}/rules/">39 条规则</a>核对全表（'
    shown = page(client, filing)
    assert rules in shown
    assert "）：<b>暂不能提交：1 项提醒尚未说明；另有 " in shown
    client.post(f"/filings/{filing.pk}/fill/save/", posted(shown) | {explanation_field(shown): "用于新馆搬迁"})
    explained = page(client, filing)
    assert "）：<b>可以提交：0 项须改正，" in explained
    assert "（1 项需说明，已说明 1 项）" in explained
    filing.amounts.filter(line="TOTAL").update(raw="99", fen=99_000_000)
    assert "）：<b>暂不能提交：2 项须改正；另有 " in page(client, filing)


def test_an_opened_page_states_what_is_still_to_be_filled_in(client: Client, filing: Filing) -> None:
    assert 'id="verdict" role="status"><b>尚有 3 项待填</b></p>' in page(client, filing, "")
    filing.amounts.filter(line="TOTAL").update(raw="99", fen=99_000_000)
    assert 'role="status"><b>尚有 3 项待填，2 项须改正</b></p>' in page(client, filing, "")


def test_an_explanation_is_saved_with_the_form_and_shown_again(client: Client, filing: Filing) -> None:
    shown = page(client, filing)
    name = explanation_field(shown)
    answer = client.post(f"/filings/{filing.pk}/fill/save/", posted(shown) | {name: "用于新馆搬迁"})
    assert answer.status_code == 302
    identity = name.removeprefix("explanations-")
    assert filing.texts.get(place=f"explanations[{identity}]").raw == "用于新馆搬迁"
    assert posted(page(client, filing))[name] == "用于新馆搬迁"
    assert "（1 项需说明，已说明 1 项）" in page(client, filing)


def test_two_explanations_are_a_conflict_and_the_first_is_kept(client: Client, filing: Filing) -> None:
    place = f"explanations[{explanation_field(page(client, filing)).removeprefix('explanations-')}]"
    assert send(client, filing, (place, "", "甲说"), client_id="0123456789abcdef-1").json()["applied"] == [place]
    answer = send(client, filing, (place, "", "乙说"), client_id="fedcba9876543210-1").json()
    assert [conflict["stored"] for conflict in answer["conflicts"]] == ["甲说"]
    assert filing.texts.get(place=place).raw == "甲说"


def test_an_explanation_is_escaped_on_every_page(client_of: ClientOf, county: County, filing: Filing) -> None:
    client = client_of(county.filler)
    place = f"explanations[{explanation_field(page(client, filing)).removeprefix('explanations-')}]"
    send(client, filing, (place, "", "<b>搬迁</b>"))
    assert "&lt;b&gt;搬迁" in page(client, filing)
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    review = html(client_of(county.supervisor_reviewer).get(f"/filings/{filing.pk}/review/"))
    assert "&lt;b&gt;搬迁&lt;/b&gt;" in review
    assert "<b>搬迁" not in review


def test_a_quick_fix_is_one_click_without_scripts(client: Client, filing: Filing) -> None:
    filing.indicators.filter(key="i1").update(name="查阅满足率", target="≥100%")
    shown = page(client, filing)
    assert shown.count('data-changes="[{&quot;place&quot;: &quot;indicators[i1].target&quot;') == 2
    identity = shown.partition('name="mend" value="M4-')[2].partition('"')[0]
    data = posted(shown) | {"mend": f"M4-{identity}", "texts-goal:0": "另一个目标。"}
    answer = client.post(f"/filings/{filing.pk}/fill/mend/", data)
    assert (answer.status_code, answer["Location"]) == (302, f"/filings/{filing.pk}/fill/?checked=1")
    assert filing.indicators.get(key="i1").target == "=100%"
    assert drafts.raw(filing).goal == "另一个目标。"
    assert Edit.objects.count() == 2
    client.post(f"/filings/{filing.pk}/fill/mend/", posted(page(client, filing)) | {"mend": f"M4-{identity}"})
    assert Edit.objects.count() == 2


def control_figure(filing: Filing, county: County) -> None:
    ControlFigure.objects.create(
        cycle=filing.cycle,
        department=filing.department,
        raw="100",
        fen=100_000_000,
        by=county.manager,
        at=timezone.now(),
    )


def test_a_table_in_yuan_is_converted_by_one_click_without_scripts(
    client: Client, county: County, filing: Filing
) -> None:
    in_yuan = {"TOTAL": "1000000", "INC.GENERAL": "1000000", "EXP.BASIC": "600000", "EXP.PROJECT": "400000"}
    before = drafts.raw(filing).amounts
    send(client, filing, *((f"amounts[{line}]", before[line], text) for line, text in in_yuan.items()))
    control_figure(filing, county)
    shown = page(client, filing)
    assert "全部按元换算为万元（资金总额 1000000 → 100.00，共 4 处）" in shown
    identity = shown.partition('name="mend" value="B9-')[2].partition('"')[0]
    edits = Edit.objects.count()
    answer = client.post(f"/filings/{filing.pk}/fill/mend/", posted(shown) | {"mend": f"B9-{identity}"}, follow=True)
    assert "已改 4 处。" in words(answer)
    after = drafts.raw(filing).amounts
    assert [after[line] for line in in_yuan] == ["100.00", "100.00", "60.00", "40.00"]
    assert Edit.objects.count() == edits + 1
    assert "B9-" not in page(client, filing)


def test_cost_indicators_are_listed_at_their_expenditure(client: Client, filing: Filing) -> None:
    node = filing.cycle.edition.nodes.get(key="OUT.COST")
    filing.indicators.create(key="c", rank="30", node=node, name="保障<运转>", target="≤60万元")
    shown = page(client, filing)
    row = '<a href="#at-indicators-c-name">保障&lt;运转&gt;</a> 60.00'
    assert f'<li class="holds">基本支出 60.00 ← {row} ✓</li>' in shown
    assert '<li class="none">项目支出 40.00 尚无对应指标</li>' in shown
    answer = send(client, filing, ("amounts[EXP.PROJECT]", "40", "41")).json()
    assert '<li class="none">项目支出 41.00 尚无对应指标</li>' in answer["strip"]


def test_links_set_by_hand_are_stored_and_seen_by_the_reviewer(
    client_of: ClientOf, county: County, filing: Filing
) -> None:
    node = filing.cycle.edition.nodes.get(key="OUT.COST")
    filing.indicators.create(key="c", rank="30", node=node, name="保障运转", target="≤60万元")
    client = client_of(county.filler)
    shown = client.get(f"/filings/{filing.pk}/fill/links/").content.decode()
    data = posted(shown, "links") | {"money-c": "EXP.PROJECT", "duties-i1": "１", "duties-i0": "0"}
    assert client.post(f"/filings/{filing.pk}/fill/links/save/", data).status_code == 302
    assert {text.place: text.raw for text in filing.texts.filter(place__startswith="links")} == {
        "links[c].money": "EXP.PROJECT",
        "links[i0].duties": "-",
        "links[i1].duties": "d1",
    }
    again = posted(client.get(f"/filings/{filing.pk}/fill/links/").content.decode(), "links")
    assert (again["money-c"], again["duties-i1"], again["duties-i0"]) == ("EXP.PROJECT", "1", "0")
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    review = html(client_of(county.supervisor_reviewer).get(f"/filings/{filing.pk}/review/"))
    assert "项目支出 40.00 ← " in review
    assert "保障运转</a> 60.00，合计 60.00，差 20.00" in review
    assert "1 条职责中 1 条有指标对应" in review


@pytest.mark.parametrize("numbers", ["2", "一", "1、9", "-1"])
def test_an_unknown_duty_number_is_refused_and_stays_on_the_page(client: Client, filing: Filing, numbers: str) -> None:
    shown = client.get(f"/filings/{filing.pk}/fill/links/").content.decode()
    data = posted(shown, "links") | {"duties-i0": numbers, "duties-i1": "1"}
    answer = client.post(f"/filings/{filing.pk}/fill/links/save/", data)
    assert answer.status_code == 400
    kept = posted(answer.content.decode(), "links")
    assert (kept["duties-i0"], kept["duties-i1"]) == (numbers, "1")
    assert "请填 1 到 1 之间的职责序号" in answer.content.decode()
    assert not filing.texts.filter(place__startswith="links").exists()


def test_checking_the_whole_table_saves_it_and_reports_blank_sections(client: Client, county: County) -> None:
    client.force_login(county.filler)
    filing = county.started()
    shown = page(client, filing, "")
    assert '<h3>待填 <span class="num">5</span></h3>' in shown
    assert 'id="verdict" role="status"><b>尚有 5 项待填</b></p>' in shown
    assert "须改正" not in shown.partition('id="side-panels"')[2]
    assert "note error" not in shown
    answer = client.post(f"/filings/{filing.pk}/fill/check/", posted(shown) | {"texts-goal:0": "保障运转。"})
    whole = answer.content.decode()
    assert answer.status_code == 200
    assert "<h3>待填" not in whole
    assert '<h3>须改正 <span class="num">4</span></h3>' in whole
    assert "资金总额尚未填写。请填写资金总额。" in whole.partition('id="side-panels"')[0]
    assert 'id="submit-refused"' not in whole
    assert drafts.raw(filing).goal == "保障运转。"
    assert Filing.objects.get(pk=filing.pk).status == "draft"


def test_a_check_with_a_conflict_keeps_the_typed_text_on_the_page(
    client: Client, county: County, filing: Filing
) -> None:
    shown = page(client, filing)
    by_another(county, filing, ("goals[0]", drafts.raw(filing).goal, "别人的目标。"))
    answer = client.post(f"/filings/{filing.pk}/fill/check/", posted(shown) | {"texts-goal:0": "我的目标。"})
    assert answer.status_code == 409
    assert posted(answer.content.decode())["texts-goal:0"] == "我的目标。"


def test_full_width_figures_have_a_button_at_their_cell_only(client: Client, filing: Filing) -> None:
    filing.indicators.filter(key="i0").update(target="＞＝５００卷")
    filing.amounts.filter(line="EXP.BASIC").update(raw="６０ ", fen=60_000_000)
    shown = page(client, filing)
    for place, text in (("indicators[i0].target", "≥500卷"), ("amounts[EXP.BASIC]", "60")):
        assert shown.count(f"&quot;{place}&quot;, &quot;after&quot;: &quot;{text}&quot;") == 1
    assert shown.count("改为「≥500卷」") == 1
    assert 'data-changes="[{&quot;place&quot;: &quot;amounts[TOTAL]' not in shown


def test_a_finding_about_many_cells_is_noted_at_the_first_only(client: Client, filing: Filing) -> None:
    node = filing.cycle.edition.nodes.get(key="OUT.COST")
    for number, amount in enumerate(("20", "40"), start=1):
        filing.indicators.create(
            key=f"c{number}",
            rank=str(30 + number),
            node=node,
            name=f"保障运转{number}",
            target=f"≤{amount}万元",
        )
    sentence = "成本指标合计 60.00 万元，恰好等于基本支出 60.00 万元"
    assert page(client, filing).count(sentence) == 2
