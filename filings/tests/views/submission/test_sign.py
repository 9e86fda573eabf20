"""审签: the page sums up, the head ticks the statements of the cycle, and an outdated page lists what has changed."""

import re
from typing import Any

import pytest
from django.test import Client

from filings.choices import Action, AttachmentKind, Role, Status
from filings.lifecycle import attachments, events
from filings.models import Event, Filing
from filings.tests.county import County, create_user, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import html, words

pytestmark = pytest.mark.both


def address(filing: Filing) -> str:
    return f"/filings/{filing.pk}/sign/"


def fields(client: Client, filing: Filing) -> dict[str, Any]:
    """Return the fields of the page with all statements ticked."""
    statements = filing.cycle.review_policy().statements
    return posted(html(client.get(address(filing))), "signature") | {"statements": list(statements)}


def test_a_signature_records_the_statements_and_leads_to_its_receipt(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.head)
    data = fields(client, filing) | {"reason": "同意。", "edit": 2**40}
    answers = [client.post(address(filing), data) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {f"/filings/{filing.pk}/receipts/3/"}
    assert client.get(address(filing))["Location"] == f"/filings/{filing.pk}/receipts/3/"
    assert Filing.objects.get().status == Status.IN_REVIEW
    detail = events.detail(Event.objects.get(action=Action.SIGN))
    statements = ("资金数据与预算批复一致", "指标真实可行，已经单位研究", "已按保密规定审查，无涉密内容")
    assert (detail["statements"].splitlines(), detail["reason"], detail["revision"]) == (
        list(statements),
        "同意。",
        "1",
    )
    county.cycle.policy |= {"statements": ["另一句"]}
    county.cycle.save()
    page = words(client.get(f"/filings/{filing.pk}/"))
    assert "勾选确认 3 项 资金数据与预算批复一致 指标真实可行" in page


def test_missing_ticks_are_listed_and_the_others_kept(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.head)
    data = fields(client, filing)
    first, *others = data["statements"]
    answer = client.post(address(filing), data | {"statements": [first], "reason": "原则同意。"})
    assert answer.status_code == 409
    assert f"尚有 2 项未勾选确认：「{others[0]}」、「{others[1]}」。" in words(answer)
    assert html(answer).count(" checked>") == 1
    assert f'value="{first}" id="statement-1" checked>' in html(answer)
    assert re.findall(r'check-input is-invalid".*?id="(statement-\d)"', html(answer)) == ["statement-2", "statement-3"]
    assert '<a href="#statements">' in html(answer)
    assert "原则同意。</textarea>" in html(answer)
    assert ' data-unsaved="changed"' in html(answer)
    assert Filing.objects.get().status == Status.SIGNING


def test_statements_that_were_changed_meanwhile_are_asked_for_again(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.head)
    data = fields(client, filing)
    county.cycle.policy |= {"statements": [data["statements"][0], "另一句"]}
    county.cycle.save()
    answer = client.post(address(filing), data)
    assert "尚有 1 项未勾选确认：「另一句」。" in words(answer)
    assert html(answer).count(" checked>") == 1


def test_a_cycle_without_statements_asks_for_none(county: County, client_of: ClientOf) -> None:
    county.cycle.policy |= {"statements": []}
    county.cycle.save()
    filing = county.signing()
    client = client_of(county.head)
    assert "请逐条确认" not in words(client.get(address(filing)))
    assert client.post(address(filing), fields(client, filing)).status_code == 302


def test_an_outdated_page_shows_what_changed_and_asks_for_the_ticks_again(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.head)
    data = fields(client, filing) | {"reason": "同意。"}
    step(Action.WITHDRAW, filing, county.filler)
    filing.indicators.filter(key="i0").update(target="≥900卷")
    step(Action.SUBMIT, filing, county.filler)
    answer = client.post(address(filing), data)
    assert answer.status_code == 409
    page = words(answer)
    assert "filler甲已于" in page
    assert "您打开本页以后" in page
    assert "撤回修改" in page
    assert "提交送签（第 2 版）" in page
    changes = page.partition("您打开本页以后")[2].partition("办理进度")[0]
    assert "内容变化：修改 1 行" in changes
    assert "接收档案 产出指标 / 数量指标 指标值： 删去 ≥500 新增 ≥900 卷" in changes
    assert (html(answer).count(" checked>"), "同意。</textarea>" in html(answer)) == (0, True)
    again = posted(html(answer), "signature") | {"statements": data["statements"]}
    assert client.post(address(filing), again).status_code == 302


def test_a_scan_that_another_head_has_added_is_named_before_the_signature(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.head)
    data = fields(client, filing)
    other = create_user("deputy", Role.HEAD, county.department)
    attachments.add(filing, AttachmentKind.SIGNED_SCAN, "审签.pdf", b"%PDF-1.7", by=other)
    answer = client.post(address(filing), data)
    page = words(answer)
    assert (answer.status_code, Filing.objects.get().status) == (409, Status.SIGNING)
    assert "deputy甲已于" in page
    assert "上传附件（审签扫描件）：审签.pdf" in page
    assert "附件 1 个 审签扫描件 审签.pdf" in page
    again = posted(html(answer), "signature") | {"statements": data["statements"]}
    assert client.post(address(filing), again).status_code == 302


def test_a_page_of_a_withdrawn_table_offers_no_signature(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.head)
    data = fields(client, filing)
    step(Action.WITHDRAW, filing, county.filler)
    answer = client.post(address(filing), data)
    assert answer.status_code == 409
    assert "撤回修改" in words(answer)
    assert '<button type="submit" class="btn btn-primary">' not in html(answer)
    assert client.get(address(filing), follow=True).redirect_chain == [(f"/filings/{filing.pk}/", 302)]


def test_only_another_head_signs(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    for user, status in ((county.filler, 403), (county.stranger, 404), (county.supervisor_reviewer, 404)):
        assert client_of(user).get(address(filing)).status_code == status
        assert client_of(user).post(address(filing), {"lock": filing.lock}).status_code == status
