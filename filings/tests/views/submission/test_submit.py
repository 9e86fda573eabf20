"""提交送签: the page sums up and takes explanations and a note; each repeated post leads to the same receipt."""

import pytest
from django.test import Client

from filings import drafts
from filings.choices import Action, AttachmentKind, RemarkState, Role, Status
from filings.drafts import Change
from filings.drafts.remark_answers import answer
from filings.lifecycle import attachments, events
from filings.models import Edit, Event, Filing
from filings.tests.browser.states import needs_explanation
from filings.tests.county import County, answer_remarks, create_user, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import html, words

pytestmark = pytest.mark.both


# The page asks before it is left with what the refused post has typed.
UNSAVED = ' data-unsaved="changed"'


def address(filing: Filing) -> str:
    return f"/filings/{filing.pk}/submit/"


def fields(client: Client, filing: Filing) -> dict[str, str]:
    return posted(html(client.get(address(filing))), "submission")


def explanation(data: dict[str, str]) -> str:
    return next(name for name in data if name.startswith("explanations-"))


def test_the_page_sums_up_and_names_who_gets_the_table_next(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    page = words(client_of(county.filler).get(address(filing)))
    assert "资金总额 100.00 万元 一般公共预算 100.00 万元 基本支出 100.00 万元" in page
    assert "按收入性质分合计 100.00 万元 ， 与资金总额相符" in page
    assert "部门职责 1 条 三级指标 2 条（产出指标 1，效益指标 1）" in page
    assert "首次提交，没有可以比较的表。" in page
    assert "单位审签 县档案馆 head甲 主管部门审核 县委办公室 supervisor_reviewer甲 业务股室审核" in page


def test_the_changes_since_the_last_version_are_listed(county: County, client_of: ClientOf) -> None:
    filing = step(Action.WITHDRAW, county.signing(), county.filler)
    filing.indicators.filter(key="i0").update(target="≥600卷")
    page = words(client_of(county.filler).get(address(filing)))
    assert "提交）相比：修改 1 行" in page
    assert "接收档案" in page


def test_a_submission_stores_the_note_and_leads_to_its_receipt(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    client = client_of(county.filler)
    data = fields(client, filing) | {"note": "资金已与预算股核对。\r\n请看第三行。"}
    answers = [client.post(address(filing), data) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, f"/filings/{filing.pk}/receipts/2/")
    ] * 2
    assert client.get(address(filing))["Location"] == f"/filings/{filing.pk}/receipts/2/"
    assert (Filing.objects.get().status, filing.revisions.count()) == (Status.SIGNING, 1)
    event = Event.objects.get(action=Action.SUBMIT)
    assert events.detail(event)["note"] == "资金已与预算股核对。\n请看第三行。"
    assert "留言 资金已与预算股核对。" in words(client_of(county.head).get(f"/filings/{filing.pk}/signing/"))


def test_the_note_is_for_the_department_only(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    client = client_of(county.filler)
    client.post(address(filing), fields(client, filing) | {"note": "只给领导看。"})
    step(Action.SIGN, filing, county.head)
    page = f"/filings/{filing.pk}/"
    for user, sees in ((county.head, True), (county.observer, True), (county.supervisor_reviewer, False)):
        assert ("只给领导看。" in words(client_of(user).get(page))) is sees, user
    assert "只给领导看。" not in words(client_of(county.manager).get(page))


def test_both_pages_show_how_the_remarks_were_dealt_with(county: County, client_of: ClientOf) -> None:
    filing = step(
        Action.RETURN,
        county.in_review(),
        county.supervisor_reviewer,
        remarks=(("indicators[i0]", "数量偏低。"), ("goals[0]", "目标不具体。"), ("duties[d1]", "缺一条。")),
    )
    filing.indicators.filter(key="i0").update(target="≥900卷")
    _number, goal, _duty = filing.remarks.order_by("pk")
    answer(filing, {goal.pk: "按规划填写。"}, by=county.filler, choices={goal.pk: RemarkState.DECLINED})
    page = words(client_of(county.filler).get(address(filing)))
    assert "退回意见的办理 2 条 数量偏低。 已修改 目标不具体。 不改，说明 按规划填写。 表中内容" in page
    step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler)
    page = words(client_of(county.head).get(f"/filings/{filing.pk}/sign/"))
    assert "退回意见的办理 3 条 数量偏低。 已修改" in page


@pytest.mark.parametrize(
    ("note", "status", "sentence"),
    [
        ("长" * 501, 400, "「留言」共 501 字，请缩短到 500 字以内。"),
        ("字\U0002a6d6", 409, "留言有 1 个字符无法打印"),
    ],
)
def test_a_note_that_cannot_be_stored_is_kept_on_the_page(
    county: County, client_of: ClientOf, note: str, status: int, sentence: str
) -> None:
    filing = county.filled()
    client = client_of(county.filler)
    answer = client.post(address(filing), fields(client, filing) | {"note": note})
    assert (answer.status_code, sentence in words(answer)) == (status, True)
    assert posted(html(answer), "submission")["note"] == note
    assert (UNSAVED in html(client.get(address(filing))), UNSAVED in html(answer)) == (False, True)
    assert Filing.objects.get().status == Status.DRAFT


def test_a_missing_explanation_stops_the_submission_and_is_given_there(county: County, client_of: ClientOf) -> None:
    filing = needs_explanation(county)
    client = client_of(county.filler)
    data = fields(client, filing)
    refused = client.post(address(filing), data | {"note": "请尽快。"})
    assert refused.status_code == 409
    assert "操作未完成。 有 1 项提醒尚未说明，请逐项说明后提交。" in words(refused)
    assert "尚未说明。" in words(refused)
    again = posted(html(refused), "submission")
    assert again["note"] == "请尽快。"
    data = again | {explanation(again): "省级定额核定。"}
    answers = [client.post(address(filing), data) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {f"/filings/{filing.pk}/receipts/2/"}
    finding = filing.revisions.get().findings.get(asks=True)
    assert finding.explanation == "省级定额核定。"
    assert Edit.objects.count() == 1


def test_an_explanation_is_kept_when_something_else_is_refused(county: County, client_of: ClientOf) -> None:
    filing = needs_explanation(county)
    client = client_of(county.filler)
    data = fields(client, filing)
    name = explanation(data)
    unsaved = client.post(address(filing), data | {name: "省级定额核定。", "note": "长" * 501, "lock": ""})
    assert posted(html(unsaved), "submission")[name] == "省级定额核定。"
    saved = client.post(address(filing), data | {name: "省级定额核定。", "lock": "7"})
    assert (UNSAVED in html(unsaved), UNSAVED in html(saved)) == (True, False)
    answer = client.post(address(filing), fields(client, filing) | {"note": "字\U0002a6d6"})
    assert posted(html(answer), "submission")[name] == "省级定额核定。"
    again = posted(html(answer), "submission") | {"note": ""}
    assert client.post(address(filing), again).status_code == 302


def test_errors_are_listed_with_links_and_nothing_can_be_confirmed(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    filing.amounts.filter(line="EXP.BASIC").update(raw="90", fen=90_000_000)
    client = client_of(county.filler)
    page = client.get(address(filing))
    assert "暂不能提交：1 项须改正" in words(page)
    assert f'<a href="/filings/{filing.pk}/fill/#at-amounts-TOTAL">' in html(page)
    assert "确认提交</button>" not in html(page)
    assert client.post(address(filing), {"lock": filing.lock}).status_code == 409
    assert Filing.objects.get().status == Status.DRAFT


def test_an_outdated_page_names_who_changed_what_and_asks_again(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    client = client_of(county.filler)
    data = fields(client, filing) | {"note": "请审签。"}
    other = create_user("other", Role.FILLER, county.department)
    change = Change("amounts[TOTAL]", "100", "100.00")
    drafts.save(filing, [change], by=other, client_id="theirs")
    answer = client.post(address(filing), data)
    assert answer.status_code == 409
    assert "您的操作未办理；请核对申报表现在的内容后再办。" in words(answer)
    assert "修改 1 处 资金总额，万元：原为「100」，现为「100.00」" in words(answer)
    again = posted(html(answer), "submission")
    assert again["note"] == "请审签。"
    assert client.post(address(filing), again).status_code == 302


def test_an_outdated_page_names_attachments_that_were_changed_and_asks_again(
    county: County, client_of: ClientOf
) -> None:
    filing = county.filled()
    seen = attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", b"%PDF-1.7 1", by=county.filler)
    client = client_of(county.filler)
    page = words(client.get(address(filing)))
    assert "附件 1 个 预算批复 批复.pdf" in page
    data = fields(client, filing)
    other = create_user("other", Role.FILLER, county.department)
    attachments.remove(seen, by=other)
    attachments.add(filing, AttachmentKind.MANDATE, "三定.pdf", b"%PDF-1.7 2", by=county.filler)
    answer = client.post(address(filing), data)
    assert answer.status_code == 409
    page = words(answer)
    assert "您在另一个窗口已于" in page
    assert "上传附件「三定.pdf」，您的操作未办理；" in page
    assert "移除附件（预算批复）：批复.pdf" in page
    assert "上传附件（三定方案）：三定.pdf" in page
    assert "附件 1 个 三定方案 三定.pdf" in page
    again = posted(html(answer), "submission")
    assert client.post(address(filing), again).status_code == 302


def test_a_page_of_a_table_submitted_by_another_officer_keeps_the_note(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    client = client_of(county.filler)
    data = fields(client, filing) | {"note": "请审签。"}
    step(Action.SUBMIT, filing, create_user("other", Role.FILLER, county.department))
    answer = client.post(address(filing), data)
    assert answer.status_code == 409
    assert "other甲已于" in words(answer)
    assert "提交送签（第 1 版）" in words(answer)
    assert "请审签。</textarea>" in html(answer)
    assert "确认提交</button>" not in html(answer)
    assert client.get(address(filing))["Location"] == f"/filings/{filing.pk}/"


def test_only_the_filler_opens_the_page(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    for user, status in ((county.head, 403), (county.stranger, 404), (county.manager, 403)):
        assert client_of(user).get(address(filing)).status_code == status
        assert client_of(user).post(address(filing), {"lock": filing.lock}).status_code == status


def test_a_forged_version_is_refused(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    client = client_of(county.filler)
    for lock in ("x", "-1", "9" * 30):
        answer = client.post(address(filing), {"lock": lock, "edit": "9" * 30})
        assert answer.status_code in (400, 409)
        assert "操作未完成。" in words(answer)
    assert Filing.objects.get().status == Status.DRAFT
