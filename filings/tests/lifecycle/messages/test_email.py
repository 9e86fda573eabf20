"""E-mail about actions: sent by the worker, to the users of the message; failures have no effect."""

import pytest
from django.core import mail
from django.db.models import Value
from django.db.models.functions import Concat
from pytest_django import Settings

from filings.choices import Action, Status
from filings.models import Filing, Message, User
from filings.tests.county import County, found_county, step
from filings.tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(settings: Settings) -> County:
    settings.EMAIL_HOST = "mail.example.org"
    county = found_county()
    User.objects.update(email=Concat("username", Value("@example.org")))
    return county


def sent() -> list[tuple[list[str], str]]:
    return [(message.to, message.subject.split("：")[1]) for message in mail.outbox]


def test_the_worker_sends_the_message_to_the_next_users(county: County) -> None:
    step(Action.SUBMIT, county.filled(), county.filler)
    assert mail.outbox == []
    work()
    assert sent() == [(["head@example.org"], "待审签")]
    assert mail.outbox[0].body.startswith("「县档案馆」")
    step(Action.SIGN, Filing.objects.get(), county.head)
    work()
    assert sent()[1:] == [(["supervisor_reviewer@example.org"], "待审核")]


def test_without_a_mail_server_or_an_address_none_is_sent(county: County, settings: Settings) -> None:
    User.objects.filter(username="head").update(email="")
    step(Action.SUBMIT, county.filled(), county.filler)
    work()
    settings.EMAIL_HOST = ""
    step(Action.SIGN, Filing.objects.get(), county.head)
    work()
    assert mail.outbox == []
    assert Message.objects.count() == 2


def test_a_failure_is_logged_and_the_message_kept(
    county: County, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    step(Action.SUBMIT, county.filled(), county.filler)
    work()
    message = Message.objects.get()
    assert f"could not send message {message.pk} to head@example.org" in caplog.text
    assert Filing.objects.get().status == Status.SIGNING
