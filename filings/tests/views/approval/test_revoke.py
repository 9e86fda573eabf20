"""撤回批复 on the pages: asked first, marked in the list of copies, explained by the public verification."""

import pytest
from django.test import Client
from django.utils import timezone

from filings.choices import Action, Stage, Status
from filings.models import Filing, IssuedCopy
from filings.publication.publish import publish
from filings.tests.county import County, found_county, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, take, words


@pytest.fixture
def county(db: None) -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture
def filing(county: County) -> Filing:
    return step(Action.APPROVE_STAGE, county.in_review(), county.performance_reviewer)


def test_the_page_explains_what_revoking_means(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.performance_reviewer)
    assert f'href="/filings/{filing.pk}/revoke/"' in html(client.get(f"/filings/{filing.pk}/"))
    page = words(client.get(f"/filings/{filing.pk}/revoke/"))
    assert "这份定稿从此不再有效" in page
    assert "申报表回到绩效股审核" in page
    assert Filing.objects.get().status == Status.APPROVED


def test_revoking_ends_the_publication_and_keeps_its_record(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.performance_reviewer)
    address = f"/filings/{filing.pk}/revoke/"
    assert "公开的表格同时撤下" not in words(client.get(address))
    publish(filing.pk, by=county.manager, now=timezone.now())
    assert "公开的表格同时撤下，公众随即不能查看；重新批复后须另办公开。" in words(client.get(address))
    take(client, filing, "revoke", reason="金额有误")
    listed = words(client.get(f"/cycles/{county.cycle.pk}/publication/"))
    assert "县档案馆 101 — — 批复已撤回" in listed
    table = client.get(f"/cycles/{county.cycle.pk}/publication/{filing.pk}/")
    assert (table.status_code, "批复撤回：金额有误" in words(table)) == (200, True)
    assert "公开前确认" not in words(table)


def test_a_refusal_keeps_what_was_typed(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.performance_reviewer)
    assert take(client, filing, "revoke", reason="").status_code == 409
    stale = take(client, filing, "revoke", reason="金额有误", lock=0)
    assert stale.status_code == 409
    assert "金额有误" in words(stale)


def test_a_reason_with_a_personal_number_is_refused_and_kept(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    answer = take(client_of(county.performance_reviewer), filing, "revoke", reason="经办人13812345678要求更正。")
    assert answer.status_code == 409
    assert "理由中疑似含有手机号码 138****5678。理由在核验页公开，请删去后再办。" in words(answer)
    assert "经办人13812345678要求更正。" in html(answer)
    assert filing.issued_copies.get().live


def test_the_list_of_copies_and_the_verification_show_the_revocation(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.performance_reviewer)
    assert take(client, filing, "revoke", reason="<b>金额</b>有误。").status_code == 302
    copy = IssuedCopy.objects.get()
    page = words(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    assert "批复已撤回 第 1 版 · 下载 PDF" in page
    public = words(Client().get(f"/v/{copy.code}/"))
    assert "批复已经撤回，定稿不再有效" in public
    assert "撤回理由 <b>金额</b>有误。" in public
    county.department.withheld = True
    county.department.save()
    assert "金额" not in words(Client().get(f"/v/{copy.code}/"))


def test_a_revoked_copy_can_still_be_downloaded(county: County, client_of: ClientOf, filing: Filing) -> None:
    copy = IssuedCopy.objects.get()
    address = f"/filings/{filing.pk}/copies/{copy.code}/"
    before = client_of(county.filler).get(address)
    step(Action.REVOKE, filing, county.performance_reviewer, reason="金额有误。")
    after = client_of(county.filler).get(address)
    assert after.content == before.content
    assert "%E6%92%A4%E5%9B%9E" in after["Content-Disposition"]
    assert "%E6%92%A4%E5%9B%9E" not in before["Content-Disposition"]
    assert client_of(county.stranger).get(address).status_code == 404


def test_the_library_does_not_collect_from_a_revoked_copy(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.performance_reviewer)
    assert client.get(f"/filings/{filing.pk}/library/").status_code == 200
    step(Action.REVOKE, filing, county.performance_reviewer, reason="金额有误。")
    assert client.get(f"/filings/{filing.pk}/library/").status_code == 403


def test_others_get_the_reason(county: County, client_of: ClientOf, filing: Filing) -> None:
    answer = client_of(county.head).get(f"/filings/{filing.pk}/revoke/")
    assert answer.status_code == 403
    assert "不能撤回本单位的批复" in words(answer)
