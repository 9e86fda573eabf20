"""查看: the table with findings, remarks and history; text of users is escaped."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from filings.choices import Action
from filings.models import Event, Filing, Indicator
from filings.models.tables import append_only
from filings.tests.county import County, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


def test_a_draft_is_shown_to_its_department_and_managers(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    for user in (county.filler, county.head, county.observer, county.manager):
        page = words(client_of(user).get(f"/filings/{filing.pk}/"))
        assert "草稿，尚未提交" in page
        assert "接收档案" in page
    assert "您可以办理" in words(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    assert "您可以办理" not in words(client_of(county.observer).get(f"/filings/{filing.pk}/"))


def test_errors_are_shown_at_their_cells_and_in_a_list_with_links(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    filing.amounts.filter(line="EXP.BASIC").update(raw="110", fen=110_000_000)
    page = html(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    assert '<span class="note error"><b>须改正</b>' in page
    assert '<a href="#at-amounts-TOTAL">' in page
    assert page.count('id="at-amounts-TOTAL"') == 1


def test_empty_sections_can_be_linked_to(county: County, client_of: ClientOf) -> None:
    filing = county.started()
    page = html(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    for place in ("duties", "goals-0", "nodes-OUT"):
        assert f'<a href="#at-{place}">' in page
        assert page.count(f'id="at-{place}"') == 1


def test_blank_parts_of_a_draft_are_no_mistakes(county: County, client_of: ClientOf) -> None:
    filing = county.started()
    for user in (county.filler, county.manager):
        answer = client_of(user).get(f"/filings/{filing.pk}/")
        assert "核对结果 尚有 5 项待填 待填 资金总额尚未填写 " in words(answer)
        assert "note error" not in html(answer)
        assert "须改正" not in words(answer)


def test_ids_are_unique(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    for address in (f"/filings/{filing.pk}/review/", f"/filings/{filing.pk}/"):
        page = html(client_of(county.supervisor_reviewer).get(address))
        ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
        assert len(set(ids)) == len(ids)


def test_text_of_users_is_escaped(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    filing.duties.update(raw="（一）<script>alert(1)</script>&amp;")
    filing.indicators.filter(key="i0").update(name='"><img src=x>')
    page = html(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in page
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_pages_follow_the_content_security_policy(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    for address in ("/", "/filings/", f"/filings/{filing.pk}/", f"/filings/{filing.pk}/review/"):
        answer = client_of(county.supervisor_reviewer).get(address)
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        for inline in (" style=", "<style", "<script>", " onclick=", "http://", "https://"):
            assert inline not in html(answer), (address, inline)


def test_the_history_names_users_and_actions(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    step(Action.RETURN, filing, county.supervisor_reviewer, reason="请改。")
    page = words(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    for done in ("开始填报", "提交送签（第 1 版）", "审签同意", "主管部门退回（第 1 版）"):
        assert done in page
    assert f"{county.supervisor_reviewer.name} · 县委办公室 审核人" in page
    assert "4 条记录均已校验，未被改动。" in page
    assert "第 1 版" in page


def test_an_altered_history_is_reported(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    append_only.remove(connection)
    Event.objects.filter(number=2).update(by_name="别人")
    append_only.install(connection)
    page = words(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    assert "第 2 条记录的校验码不符" in page
    assert "均已校验" not in page


def test_a_revision_is_shown_as_it_was_submitted(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    step(Action.RETURN, filing, county.supervisor_reviewer, remarks=(("indicators[i0]", "口径？"),))
    filing.indicators.filter(key="i0").update(name="新的名称")
    step(Action.SUBMIT, filing, county.filler)
    client = client_of(county.filler)
    first, second = (words(client.get(f"/filings/{filing.pk}/revisions/{number}/")) for number in (1, 2))
    assert "接收档案" in first
    assert "县委办公室 · 已改 口径？" in first
    assert "新的名称" in second
    assert "口径？" not in second
    assert client.get(f"/filings/{filing.pk}/revisions/3/").status_code == 404


def test_only_possible_actions_are_offered(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    offered = {
        "filler": ["withdraw"], "head": ["signing"], "observer": [], "manager": [],
    }  # fmt: skip
    for user, pages in offered.items():
        page = html(client_of(getattr(county, user)).get(f"/filings/{filing.pk}/"))
        linked = [
            name
            for name in ("submit", "withdraw", "signing", "review", "adjust", "fill")
            if _leads_to(filing, name, page)
        ]
        assert linked == pages, user


def _leads_to(filing: Filing, name: str, page: str) -> bool:
    return f'="/filings/{filing.pk}/{name}/"' in page


def test_a_page_takes_as_many_queries_for_300_indicators_as_for_2(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    client = client_of(county.filler)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/filings/{filing.pk}/").status_code == 200
        return len(asked)

    few = queries()
    rows = [
        Indicator(filing=filing, key=f"k{index}", rank=str(index + 1), name=f"指标{index}", target="1")
        for index in range(298)
    ]
    Indicator.objects.bulk_create(rows)
    assert queries() == few
    assert few <= 30
