"""开放全表 on the page of a returned filing."""

from filings.choices import Action
from filings.models import Filing
from filings.tests.county import County, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


def test_the_page_of_the_filing_opens_it_and_the_history_shows_it(county: County, client_of: ClientOf) -> None:
    step(Action.RETURN, county.in_review(), county.supervisor_reviewer, remarks=(("indicators[i0]", "偏低"),))
    filing = Filing.objects.get()
    address = f"/filings/{filing.pk}/open/"
    assert address not in html(client_of(county.head).get(f"/filings/{filing.pk}/"))
    client = client_of(county.manager)
    assert f'action="{address}"' in html(client.get(f"/filings/{filing.pk}/"))
    page = client.post(address, follow=True)
    assert "已开放全表，填报单位会收到消息。" in words(page)
    assert "开放全表 manager甲" in words(page)
    assert address not in html(page)
