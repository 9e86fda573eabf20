"""核验 by code: without login or cookies, a code shows whether the copy is in force; guesses are slowed down."""

from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django import Settings

from filings import verification_code
from filings.choices import Action, Stage
from filings.lifecycle.issuing import print_pdf
from filings.models import IssuedCopy, Withholding
from filings.publication import publish, reissue
from filings.templatetags.filing_words import code_words
from filings.tests.county import County, found_county, step
from filings.tests.verification.copies import adjust, approve
from filings.tests.views.pages import html, words
from filings.verification.throttle import CACHE, MOST_MISSES

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture(autouse=True)
def no_attempts() -> None:
    caches[CACHE].clear()


def verify(code: str) -> str:
    answer = Client().get(f"/v/{code}/")
    assert answer.status_code == 200
    assert not answer.cookies
    return words(answer)


def approve_adjusted(county: County, goal: str) -> IssuedCopy:
    return approve(county, adjust(county, county.cycle.filings.get(), goal))


def test_a_copy_in_force_is_shown_with_its_hash(county: County) -> None:
    copy = approve(county)
    page = verify(copy.code)
    assert "现行有效" in page
    assert f"单位 县档案馆 年度 {county.cycle.year} 版本 第 1 版" in page
    assert copy.sha256 in page


def test_the_code_is_read_as_it_is_printed_or_typed(county: County) -> None:
    copy = approve(county)
    printed = code_words(copy.code)
    assert len(printed) == 24
    assert copy.sha256 in verify(printed)
    assert copy.sha256 in verify(f" {printed.lower()} ")


def test_a_superseded_copy_names_the_one_in_force_and_the_rows(county: County) -> None:
    old = approve(county)
    new = approve_adjusted(county, "管好县档案，建成新馆。")
    page = verify(old.code)
    assert "已被新的定稿取代，不再有效" in page
    assert "批复了新的定稿（第 2 版）" in page
    assert f"核验码 {code_words(new.code)} 的定稿为准" in page
    assert "新旧定稿不同的内容 整体绩效目标：修改 两个版本没有都公开，不显示具体内容。" in page
    assert "建成新馆" not in page
    assert "预算调整" not in page
    assert "现行有效" in verify(new.code)


def test_texts_of_rows_are_shown_once_both_versions_were_public(county: County) -> None:
    old = approve(county)
    publish.publish(old.filing_id, by=county.manager, now=timezone.now())
    approve_adjusted(county, "管好县档案，建成新馆。")
    assert "建成新馆" not in verify(old.code)
    publish.publish(old.filing_id, by=county.manager, now=timezone.now())
    page = verify(old.code)
    assert "建成新馆" in page
    assert "预算调整" in page


def test_texts_of_a_withdrawn_version_are_not_shown(county: County) -> None:
    old = approve(county)
    publish.publish(old.filing_id, by=county.manager, now=timezone.now())
    publish.unpublish(old.filing_id, "含有个人信息。", by=county.manager, now=timezone.now())
    approve_adjusted(county, "管好县档案，建成新馆。")
    publish.publish(old.filing_id, by=county.manager, now=timezone.now())
    assert "保障单位运转" not in verify(old.code)


def test_a_copy_that_was_issued_again_and_revoked_is_revoked(county: County) -> None:
    old = approve(county)
    again = reissue.copy_to_reissue(old.filing_id, by=county.manager)
    reissue.reissue(again, reissue.print_again(again, print_pdf), "", by=county.manager, now=timezone.now())
    assert "补办用印签名，另发定稿，内容没有变化" in verify(old.code)
    step(Action.REVOKE, old.filing, county.manager, reason="金额有误。")
    page = verify(old.code)
    assert "批复已经撤回，定稿不再有效" in page
    assert "撤回理由 金额有误。" in page


def test_without_a_copy_in_force_a_superseded_one_is_out_of_force(county: County) -> None:
    old = approve(county)
    approve_adjusted(county, "管好县档案，建成新馆。")
    step(Action.REVOKE, old.filing, county.manager, reason="金额有误。")
    page = verify(old.code)
    assert "现无有效定稿" in page
    assert "金额有误" not in page


def test_answers_are_not_kept_by_caches(county: County) -> None:
    assert "no-store" in Client().get(f"/v/{approve(county).code}/")["Cache-Control"]


def test_clients_of_ipv4_are_distinguished_on_a_listener_for_both(county: County) -> None:
    for _ in range(MOST_MISSES):
        Client(REMOTE_ADDR="::ffff:10.0.0.1").get(f"/v/{verification_code.new()}/")
    assert Client(REMOTE_ADDR="::ffff:10.0.0.1").get(f"/v/{verification_code.new()}/").status_code == 429
    assert Client(REMOTE_ADDR="::ffff:10.0.0.2").get(f"/v/{verification_code.new()}/").status_code == 404


def test_a_revoked_copy_shows_when_and_why(county: County) -> None:
    copy = approve(county)
    step(Action.REVOKE, copy.filing, county.manager, reason="金额有误。")
    page = verify(copy.code)
    assert "批复已经撤回，定稿不再有效" in page
    assert "撤回理由 金额有误。" in page
    assert "现行有效" not in page


@pytest.mark.parametrize("by", ["department", "cycle"])
def test_of_a_withheld_table_only_the_state_is_shown(
    county: County, by: str, settings: Settings, signing_file: Path
) -> None:
    settings.SIGNING_FILE = str(signing_file)
    old = approve(county)
    new = approve_adjusted(county, "管好县档案，建成新馆。")
    if by == "department":
        county.department.withheld = True
        county.department.save()
    else:
        Withholding.objects.create(
            cycle=county.cycle,
            department=county.department,
            basis="secret",
            basis_label="涉及国家秘密",
            by=county.manager,
            at=timezone.now(),
        )
    page = verify(old.code)
    assert "已被新的定稿取代" in page
    assert old.sha256 in page
    for text in ("县档案馆", "建成新馆", "第 1 版", "第 2 版", str(county.cycle.year) + " 版本", "涉及国家秘密"):
        assert text not in page
    for text in (old.signed_by, code_words(new.code), f"{new.issued_at:%Y-%m-%d}"):
        assert text not in page
        assert text not in words(Client().get(f"/v/hash/{old.sha256}/"))


def test_users_are_not_named(county: County) -> None:
    page = verify(approve(county).code)
    assert not [name for name in (county.filler.name, county.head.name, county.manager.name) if name in page]


def test_an_unknown_code_is_not_found() -> None:
    answer = Client().get(f"/v/{verification_code.new()}/")
    assert answer.status_code == 404
    assert "没有这个核验码" in words(answer)


def test_one_wrong_letter_is_named_and_corrected(county: County) -> None:
    copy = approve(county)
    wrong = "O" if copy.code[5] != "D" else "0"
    typed = copy.code[:5] + wrong + copy.code[6:]
    answer = Client().get(f"/v/{verification_code.formatted(typed)}/")
    assert answer.status_code == 404
    assert f"第 2 组第 2 个字符输入的是「{wrong}」，应为「{copy.code[5]}」" in words(answer)
    assert f'href="/v/{verification_code.formatted(copy.code)}/"' in html(answer)


def test_the_hash_of_a_version_under_review_is_recognised() -> None:
    answer = Client().get("/v/f317befa1050/")
    assert answer.status_code == 404
    assert "这像是送审稿页脚的校验码。" in words(answer)


def test_two_wrong_letters_are_noticed() -> None:
    code = verification_code.new()
    typed = "".join("3" if letter == "2" else "2" for letter in code[:2]) + code[2:]
    answer = Client().get(f"/v/{typed}/")
    assert answer.status_code == 404
    assert "有 2 个以上字符有误" in words(answer)


def test_guesses_are_slowed_down_for_their_address_only(county: County) -> None:
    copy = approve(county)
    client = Client()
    assert {client.get(f"/v/{verification_code.new()}/").status_code for _ in range(MOST_MISSES)} == {404}
    answer = client.get(f"/v/{copy.code}/")
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert "请 10 分钟后再核验" in words(answer)
    assert Client(REMOTE_ADDR="10.0.0.2").get(f"/v/{copy.code}/").status_code == 200


def test_addresses_of_one_ipv6_block_are_one_client() -> None:
    for number in range(MOST_MISSES):
        Client(REMOTE_ADDR=f"2001:db8::{number:x}").get(f"/v/{verification_code.new()}/")
    assert Client(REMOTE_ADDR="2001:db8::ffff").get(f"/v/{verification_code.new()}/").status_code == 429
    assert Client(REMOTE_ADDR="2001:db8:0:1::1").get(f"/v/{verification_code.new()}/").status_code == 404


def test_mistyped_codes_are_no_guesses() -> None:
    client = Client()
    code = verification_code.new()
    wrong = code[:3] + ("2" if code[3] != "2" else "3") + code[4:]
    assert {client.get(f"/v/{wrong}/").status_code for _ in range(MOST_MISSES + 1)} == {404}


@pytest.mark.parametrize("typed", ["ABCD-EFGH-JKMN", " abcd efgh jkmn ", "ＡＢＣＤ－ＥＦＧＨ－ＪＫＭＮ"])
def test_a_typed_code_leads_to_its_page(client: Client, typed: str) -> None:
    answer = client.get("/v/", {"code": typed})
    assert (answer.status_code, answer["Location"]) == (302, "/v/ABCD-EFGH-JKMN/")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("  ", "请填写核验码。"),
        ("ABCD-EFGH", "核验码应为 20 位字母和数字，填写的内容有 8 位，请对照页脚核对。"),
        ("ABCD-EFGH-JKMN-2", "填写的内容有 13 位"),
        ("/../<b>核验</b>", "填写的内容有 2 位"),
    ],
)
def test_an_incomplete_code_is_refused_and_kept(client: Client, typed: str, sentence: str) -> None:
    answer = client.get("/v/", {"code": typed})
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert f'value="{escape(typed.strip())}"' in html(answer)


def test_the_login_page_leads_to_the_field_for_a_code(client: Client) -> None:
    assert 'href="/v/"' in html(client.get("/accounts/login/"))
    page = client.get("/v/")
    assert page.status_code == 200
    assert not page.cookies
    assert "请填写核验码。" not in words(page)
