"""Forms with texts that are posted after the login has expired."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from filings.choices import Action, AttachmentKind, Status
from filings.forms.cells import CellForm
from filings.forms.remark_answers import AnswerForm
from filings.forms.review import ReviewForm
from filings.forms.setup.policy import ReasonRow, ScoreItemRow
from filings.forms.setup.publication import LabelRow
from filings.lifecycle import attachments
from filings.models import Event, Filing, User
from filings.tests.county import County, step
from filings.tests.test_every_url_is_guarded import SCRIPT_POSTS, filled, ours
from filings.tests.url_answers import PUBLIC
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import html, words
from filings.views.typed_fields import is_typed

# A search, the number of a page, the year that a page displays, the claim that a page displays.
NOT_TYPED = {"q", "goto", "year", "over"}
# They store the draft of the review.
OF_THE_REVIEW = {
    "return",
    "pass",
    "review_draft_save",
    "review_draft_scores",
    "review_draft_canned",
    "review_draft_take",
    "review_draft_drop",
}


@pytest.fixture
def filing(county: County) -> Filing:
    """Return a filing in review with an attachment."""
    filing = county.filled()
    attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", b"%PDF-1.7", by=county.filler)
    return step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)


@pytest.mark.parametrize(
    ("address", "field", "page"),
    [
        ("/filings/{filing}/revoke/", "reason", "/filings/{filing}/revoke/"),
        ("/filings/{filing}/approve/", "exception_reason", "/filings/{filing}/approve/"),
        ("/filings/{filing}/consult/", "question", "/filings/{filing}/consult/"),
        ("/filings/{filing}/waive/", "waive-B7-1", "/filings/{filing}/"),
        ("/filings/{filing}/send-back/", "reason", "/filings/{filing}/signing/"),
        ("/filings/{filing}/submit/", "note", "/filings/{filing}/submit/"),
        ("/filings/{filing}/sign/", "reason", "/filings/{filing}/sign/"),
        ("/consultations/7/", "answer", "/consultations/7/"),
        ("/cycles/{cycle}/board/extend/save/", "reason", "/cycles/{cycle}/board/"),
        ("/cycles/{cycle}/board/remind/send/", "sentence", "/cycles/{cycle}/board/"),
        ("/review/return/do/", "text", "/review/"),
    ],
)
def test_the_text_is_shown_with_a_login_that_leads_to_its_page(
    filing: Filing, address: str, field: str, page: str
) -> None:
    keys = {"filing": filing.pk, "cycle": filing.cycle_id}
    answer = Client().post(address.format(**keys), {field: "写了<很多>。", "lock": "1"})
    assert answer.status_code == 403
    assert "写了&lt;很多&gt;。" in html(answer)
    assert f'href="/accounts/login/?next={page.format(**keys)}"' in html(answer)


def test_a_form_without_text_leads_to_the_login_and_its_page(filing: Filing) -> None:
    answer = Client().post(f"/filings/{filing.pk}/review/claim/", {"over": ""})
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next=/filings/{filing.pk}/review/")


@pytest.mark.parametrize(
    "address",
    [
        "/filings/{filing}/fill/import/preview/",
        "/cycles/{cycle}/setup/people/preview/",
        "/cycles/{cycle}/setup/seals/preview/",
        "/cycles/{cycle}/controls/preview/",
    ],
)
def test_the_login_page_mentions_a_chosen_file_that_was_not_read(filing: Filing, address: str) -> None:
    file = SimpleUploadedFile("单位.xlsx", b"PK")
    answer = Client().post(address.format(filing=filing.pk, cycle=filing.cycle_id), {"file": file}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=/")
    assert "您选择的文件未读取，没有导入任何内容。请重新登录后再次选择文件。" in words(answer)


FIELDS = {"lock": "1", "text": "写了<很多>。\r\n还有一行。", "selected": "7:0"}


def left_by(user: User, *posts: tuple[str, dict[str, str]]) -> Client:
    """Post forms in a browser whose login has expired, and log the user in again."""
    client = Client()
    client.force_login(user)
    client.get("/")
    del client.cookies[settings.SESSION_COOKIE_NAME]
    for address, fields in posts:
        client.post(address, fields)
    client.force_login(user)
    return client


def kept(client: Client, number: int = 1) -> dict[str, str]:
    """Return the fields of a form on the page of kept forms."""
    return posted(html(client.get("/kept/")), f"kept-{number}")


def test_a_form_with_text_is_kept_whatever_its_address(county: County, filing: Filing) -> None:
    wrong = []
    for name, pattern in ours():
        address = filled(name, pattern, filing)
        if name in PUBLIC or name in SCRIPT_POSTS or name in OF_THE_REVIEW or Client().post(address).status_code == 405:
            continue
        page = html(left_by(county.manager, (address, FIELDS)).get("/kept/")).replace("\r\n", "\n")
        if f'action="{address}"' not in page or FIELDS.items() - posted(page, "kept-1").items():
            wrong.append(name)
    assert wrong == []


def test_a_kept_form_is_submitted_once(county: County) -> None:
    filing = county.signing()
    address = f"/filings/{filing.pk}/send-back/"
    client = left_by(county.head, (address, {"lock": str(filing.lock), "reason": "请补充依据。"}))
    assert "登录过期时有填写的内容尚未提交。" in words(client.get("/"))
    assert "已退回填报人" in words(client.post(address, kept(client), follow=True))
    assert Filing.objects.get().status == Status.DRAFT
    after = words(client.get("/kept/", follow=True))
    assert "没有登录过期时尚未提交的内容。" in after
    assert "登录过期时有填写的内容尚未提交。" not in after


def test_each_kept_form_names_what_it_submits(county: County, filing: Filing) -> None:
    cycle = filing.cycle
    revoke = (f"/filings/{filing.pk}/revoke/", {"reason": "收回。"})
    several = ("/review/return/do/", {"selected": "7:0", "text": "请改。"})
    sentence = (f"/cycles/{cycle.pk}/board/remind/send/", {"department": "1", "sentence": "请抓紧。"})
    page = html(left_by(county.manager, revoke, several, sentence).get("/kept/"))
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", page) == [
        f"撤回批复：{filing.department}，{cycle}",
        "批量退回：1 份申报表",
        f"发送催办：{cycle}，1 个单位",
    ]
    assert re.findall(r'<button[^>]*btn-primary">([^<]*)', page) == ["撤回批复", "批量退回", "发送催办"]


def test_a_kept_form_names_no_filing_that_the_user_does_not_see(county: County, filing: Filing) -> None:
    page = html(left_by(county.stranger, (f"/filings/{filing.pk}/revoke/", {"reason": "收回。"})).get("/kept/"))
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", page) == ["撤回批复"]


def test_kept_cells_of_the_table_have_their_labels(county: County) -> None:
    filing = county.filled()
    client = Client()
    client.force_login(county.filler)
    fields = posted(html(client.get(f"/filings/{filing.pk}/fill/")))
    changed = {**fields, "duties-0-text": "新的职责。", "indicators-1-target": "三人"}
    page = html(left_by(county.filler, (f"/filings/{filing.pk}/fill/save/", changed)).get("/kept/"))
    assert re.findall(r'<label class="form-label"[^>]*>([^<]*)', page) == [
        "职责第 1 条",
        "数量指标第 2 行，指标值及单位",
    ]


def test_several_forms_wait_each_until_it_is_submitted(county: County) -> None:
    filing = county.signing()
    address = f"/filings/{filing.pk}/send-back/"
    one = {"lock": str(filing.lock), "reason": "请补充依据。"}
    another = {"lock": str(filing.lock), "reason": "请核对金额。"}
    client = left_by(county.head, (address, one), (address, another), (address, one))
    assert [kept(client, number).get("reason") for number in (1, 2, 3)] == ["请补充依据。", "请核对金额。", None]
    client.post(address, kept(client, 2))
    assert [kept(client, number).get("reason") for number in (1, 2)] == ["请补充依据。", None]
    assert "请核对金额。" in Event.objects.get(action=Action.SEND_BACK).detail


def test_a_kept_form_is_deleted_on_request(county: County, filing: Filing) -> None:
    address = f"/filings/{filing.pk}/revoke/"
    client = left_by(county.head, (address, {"reason": "收回。"}), (address, {"reason": "再收回。"}))
    key = kept(client)["kept-post"]
    assert client.post(f"/kept/{key}/drop/", follow=True).status_code == 200
    assert kept(client)["reason"] == "再收回。"


def test_a_form_stays_kept_when_its_text_would_be_lost(county: County, filing: Filing) -> None:
    gone = left_by(county.stranger, (f"/filings/{filing.pk}/send-back/", {"lock": "1", "reason": "请补充依据。"}))
    assert gone.post(f"/filings/{filing.pk}/send-back/", kept(gone)).status_code == 404
    assert "您填写的内容仍然保留" in words(gone.get("/"))
    assert kept(gone)["reason"] == "请补充依据。"

    damaged = left_by(county.section_reviewer, ("/review/return/do/", {"selected": "七", "text": "请改。"}))
    assert damaged.post("/review/return/do/", kept(damaged)).status_code == 302
    assert kept(damaged)["text"] == "请改。"


def test_a_text_on_the_page_of_the_refusal_is_kept_no_longer(county: County) -> None:
    filing = county.signing()
    address = f"/filings/{filing.pk}/send-back/"
    client = left_by(county.head, (address, {"lock": "999", "reason": "请补充\r\n「<依据>」。"}))
    refused = client.post(address, kept(client))
    assert refused.status_code == 409
    assert "「&lt;依据&gt;」。</textarea>" in html(refused)
    assert client.get("/kept/").status_code == 302


def test_a_form_with_several_values_of_a_name_keeps_them(county: County, filing: Filing) -> None:
    client = left_by(
        county.section_reviewer,
        ("/review/return/do/", {"selected": ["7:0", "8:0"], "text": "请改。"}),  # type: ignore[dict-item]
    )
    page = html(client.get("/kept/"))
    assert re.findall(r'name="selected" value="([^"]*)"', page) == ["7:0", "8:0"]


def test_another_user_of_the_browser_gets_nothing(county: County, filing: Filing) -> None:
    client = left_by(county.head, (f"/filings/{filing.pk}/revoke/", {"reason": "收回。"}))
    client.logout()
    client.force_login(county.filler)
    assert client.get("/kept/").status_code == 302


def test_a_form_waits_while_others_log_in_and_out(county: County, filing: Filing) -> None:
    client = left_by(county.head, (f"/filings/{filing.pk}/revoke/", {"reason": "收回。"}))
    for user in (county.filler, county.head):
        client.post("/accounts/logout/")
        client.force_login(user)
    assert kept(client)["reason"] == "收回。"


def test_after_a_logout_no_form_is_kept_for_the_user(county: County, filing: Filing) -> None:
    client = Client()
    client.force_login(county.head)
    client.get("/")
    remembered = client.cookies["last_user"]
    assert int(remembered["max-age"]) == timedelta(days=4).total_seconds()
    client.post("/accounts/logout/")
    assert "请先复制留存" in words(client.post(f"/filings/{filing.pk}/revoke/", {"reason": "收回。"}))
    client.force_login(county.head)
    assert client.get("/kept/").status_code == 302


def test_an_unknown_browser_and_a_large_form_leave_nothing(county: County, filing: Filing) -> None:
    address = f"/filings/{filing.pk}/revoke/"
    unknown = Client()
    assert "请先复制留存" in words(unknown.post(address, {"reason": "收回。"}))
    assert not Session.objects.exists()
    large = left_by(county.head, (address, {"reason": "长" * 200_000}))
    assert large.get("/kept/").status_code == 302


def test_dates_and_numbers_are_kept_without_a_text(county: County, filing: Filing) -> None:
    dates = {"first": "2027-02-05", "last": "2027-02-11", "kind": "rest", "name": ""}
    client = left_by(county.manager, ("/calendar/add/", dates))
    page = html(client.get("/kept/"))
    assert re.findall(r'<input class="form-control"[^>]*value="([^"]*)"', page) == ["2027-02-05", "2027-02-11"]
    assert dates.items() < kept(client).items()
    refused = client.post("/calendar/add/", kept(client) | {"last": "二月"})
    assert (refused.status_code, client.get("/kept/").status_code) == (400, 302)


def test_every_field_for_text_dates_or_numbers_is_recognised() -> None:
    rows = {ReasonRow: "reasons-0-{}", ScoreItemRow: "items-0-{}", LabelRow: "bases-0-{}"}
    classes = [form for form in subclasses(forms.Form) if form.__module__.startswith("filings.forms")]
    unknown = [
        f"{form.__name__}.{name}"
        for form in classes
        if not issubclass(form, (CellForm, ReviewForm, AnswerForm))
        for name, field in form.base_fields.items()
        if name not in NOT_TYPED
        and type(field.widget) in (forms.Textarea, forms.TextInput, forms.DateInput, forms.NumberInput)
        and not is_typed(rows.get(form, "{}").format(name))
    ]
    assert unknown == []


def subclasses(form: type[forms.Form]) -> set[type[forms.Form]]:
    return {form}.union(*(subclasses(child) for child in form.__subclasses__()))
