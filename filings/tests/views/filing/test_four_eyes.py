"""Pages of users who may not take the next step because they took part in the revision."""

from filings.choices import Role
from filings.tests.county import County, add_membership
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, take, words


def test_a_head_who_submitted_sees_why_not_and_can_send_back(county: County, client_of: ClientOf) -> None:
    add_membership(county.filler, Role.HEAD, county.department)
    filing = county.signing()
    client = client_of(county.filler)
    page = client.get(f"/filings/{filing.pk}/signing/")
    assert "审签须由另一人办理；没有其他单位负责人的，请与财政局联系，另设一名单位负责人。" in words(page)
    assert f'href="/filings/{filing.pk}/sign/"' not in html(page)
    assert client.get(f"/filings/{filing.pk}/sign/").status_code == 403
    refused = take(client, filing, "sign")
    assert refused.status_code == 403
    assert "审签须由另一人办理" in words(refused)
    assert take(client, filing, "send-back", reason="我再改一处。").status_code == 302


def test_a_filing_that_no_one_can_sign_shows_it(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    sentence = "「县档案馆」现在没有可以审签这一版的单位负责人"
    assert sentence not in words(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    county.head.is_active = False
    county.head.save()
    assert sentence in words(client_of(county.filler).get(f"/filings/{filing.pk}/"))
