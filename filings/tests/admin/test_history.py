"""The history in the admin."""

from django.test import Client

from filings.choices import Action
from filings.models import Event
from filings.tests.county import County, step
from filings.tests.views.pages import html


def test_an_event_is_shown_without_the_note_to_the_head(county: County, client: Client) -> None:
    filing = step(Action.SUBMIT, county.filled(), county.filler, note="只给领导看。")
    event = Event.objects.get(action=Action.SUBMIT)
    page = html(client.get(f"/admin/filings/event/{event.pk}/change/"))
    assert filing.revisions.get().receipt in page
    assert "只给领导看" not in page
    assert "\\u53ea" not in page
