"""Forms with texts that are posted after the login has expired."""

import pytest
from django.test import Client

from filings.models import Filing
from filings.tests.county import County
from filings.tests.views.pages import html


@pytest.fixture
def filing(county: County) -> Filing:
    return county.in_review()


@pytest.mark.parametrize(
    ("address", "field", "page"),
    [
        ("/filings/{filing}/revoke/", "reason", "/filings/{filing}/revoke/"),
        ("/filings/{filing}/approve/", "exception_reason", "/filings/{filing}/approve/"),
        ("/filings/{filing}/consult/", "question", "/filings/{filing}/consult/"),
        ("/filings/{filing}/waive/", "waive-B7-1", "/filings/{filing}/"),
        ("/filings/{filing}/send-back/", "reason", "/filings/{filing}/signing/"),
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
