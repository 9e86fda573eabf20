"""核验: without login, a code shows whether the copy is in force and what the file contains."""

import pytest
from django.test import Client
from django.utils.html import escape

from filings.choices import Action
from filings.models import IssuedCopy
from filings.templatetags.filing_words import code_words
from filings.tests.county import County, step, with_reasons
from filings.tests.views.pages import html, words


def issue(county: County) -> IssuedCopy:
    filing = county.in_review()
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        step(Action.APPROVE_STAGE, filing, reviewer)
    return filing.issued_copies.get()


def verify(code: str) -> str:
    answer = Client().get(f"/v/{code}/")
    assert answer.status_code == 200
    return words(answer)


def test_a_copy_in_force_is_shown_with_its_hash(county: County) -> None:
    copy = issue(county)
    page = verify(copy.code)
    assert "现行有效" in page
    assert f"单位 县档案馆 年度 {county.cycle.year}" in page
    assert copy.sha256 in page
    assert "印章图片：没有。" in page
    assert "电子签名：没有。" in page


def test_a_seal_is_described_as_a_picture_only(county: County) -> None:
    copy = issue(county)
    IssuedCopy.objects.update(seal_sha256="0" * 64)
    assert "印章图片：有。该图片不是具有法律效力的电子印章。" in verify(copy.code)


def test_the_code_is_read_as_it_is_printed_or_typed(county: County) -> None:
    copy = issue(county)
    printed = code_words(copy.code)
    assert len(printed) == 24
    assert copy.sha256 in verify(printed)
    assert copy.sha256 in verify(f" {printed.lower()} ")


def test_a_superseded_copy_names_the_one_in_force(county: County) -> None:
    old = issue(county)
    filing = old.filing
    step(Action.ADJUST, filing, county.filler, reason="追加预算。")
    filing.amounts.filter(line="TOTAL").update(raw="100.00")
    step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    step(Action.SIGN, filing, county.head)
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        step(Action.APPROVE_STAGE, filing, reviewer)
    new = filing.issued_copies.get(live=True)
    assert "已被新的定稿取代" in verify(old.code)
    assert f"核验码 {code_words(new.code)}。请以新的定稿为准" in verify(old.code)
    assert "现行有效" in verify(new.code)


def test_an_unknown_code_is_not_found(county: County) -> None:
    answer = Client().get("/v/AAAA-BBBB-CCCC/")
    assert answer.status_code == 404
    assert "没有这个核验码" in words(answer)


def test_a_withheld_department_is_not_named(county: County) -> None:
    copy = issue(county)
    county.department.withheld = True
    county.department.save()
    page = verify(copy.code)
    assert "县档案馆" not in page
    assert copy.sha256 in page


def test_users_are_not_named(county: County) -> None:
    page = verify(issue(county).code)
    assert not [name for name in (county.filler.name, county.head.name, county.manager.name) if name in page]


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
@pytest.mark.django_db
def test_an_incomplete_code_is_refused_and_kept(client: Client, typed: str, sentence: str) -> None:
    answer = client.get("/v/", {"code": typed})
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert f'value="{escape(typed.strip())}"' in html(answer)


@pytest.mark.django_db
def test_the_login_page_leads_to_the_field_for_a_code(client: Client) -> None:
    assert 'href="/v/"' in html(client.get("/accounts/login/"))
    page = client.get("/v/")
    assert page.status_code == 200
    assert "请填写核验码。" not in words(page)
