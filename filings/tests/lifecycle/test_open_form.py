"""开放全表: who may open the whole of a returned table, and what it changes."""

import pytest

from filings import drafts
from filings.choices import Action, MessageKind, Role
from filings.drafts.reopened import open_places
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.lifecycle import events
from filings.lifecycle.open_form import can_be_opened, open_form
from filings.models import Filing, Message
from filings.tests.county import County, create_user, found_county, step
from filings.tests.worker import work


@pytest.fixture
def county(db: None) -> County:
    return found_county()


def returned(county: County) -> Filing:
    step(Action.RETURN, county.in_review(), county.supervisor_reviewer, remarks=(("indicators[i0]", "偏低"),))
    return Filing.objects.get()


def test_the_reviewer_who_returned_it_opens_every_row(county: County) -> None:
    filing = returned(county)
    assert can_be_opened(filing)
    open_form(filing, by=county.supervisor_reviewer)
    opened = Filing.objects.get()
    assert (opened.reopened, opened.lock, opened.status) == (None, filing.lock, filing.status)
    assert open_places(opened, drafts.load(opened)).is_whole
    event = opened.events.latest("number")
    assert (event.action, events.detail(event)) == (Action.WAIVE, {"opened": "whole_form"})
    assert events.first_broken(opened) is None
    work()
    message = Message.objects.get(kind=MessageKind.RETURNED, text__contains="开放了")
    assert (message.user, message.url) == (county.filler, f"/filings/{filing.pk}/fill/")
    with pytest.raises(AlreadyDone):
        open_form(opened, by=county.manager)


def test_other_users_and_states_are_refused(county: County) -> None:
    with pytest.raises(StepRefused, match="只有被退回"):
        open_form(county.in_review(), by=county.manager)
    Filing.objects.update(status="in_review")
    step(Action.RETURN, Filing.objects.get(), county.supervisor_reviewer, remarks=(("indicators[i0]", "偏低"),))
    colleague = create_user("colleague", Role.REVIEWER, county.supervising)
    for user in (county.filler, county.section_reviewer, colleague):
        with pytest.raises(NotAllowed):
            open_form(Filing.objects.get(), by=user)
    assert can_be_opened(Filing.objects.get())
