"""Two posts of one page at the same time: one submission, and both browsers get its receipt."""

import pytest
from django.test import Client

from filings.models import Edit, Event, Filing, Revision
from filings.tests.browser.states import needs_explanation
from filings.tests.county import found_county
from filings.tests.lifecycle.test_races import at_once
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import html

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]

CLICKS = 3


def test_posts_at_the_same_time_lead_to_one_receipt() -> None:
    county = found_county()
    filing = needs_explanation(county)
    client = Client()
    client.force_login(county.filler)
    address = f"/filings/{filing.pk}/submit/"
    data = posted(html(client.get(address)), "submission") | {"note": "请审签。"}
    name = next(name for name in data if name.startswith("explanations-"))

    def click(_number: int) -> None:
        answer = client.post(address, data | {name: "省级定额核定。"})
        assert answer["Location"] == f"/filings/{filing.pk}/receipts/2/"

    at_once(CLICKS, click)
    assert (Revision.objects.count(), Edit.objects.count(), Event.objects.count()) == (1, 1, 2)
    assert Filing.objects.get().status == "signing"
