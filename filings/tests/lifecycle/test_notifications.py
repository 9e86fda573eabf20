"""E-mail about actions: sent after the commit to the users who are next; failures have no effect."""

import pytest
from django.core import mail
from django.db.models import Value
from django.db.models.functions import Concat
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from filings.choices import Action, Status
from filings.models import Filing, User
from filings.tests.county import found_county, step

pytestmark = pytest.mark.django_db


def test_the_next_users_are_notified_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, settings: Settings
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    county = found_county()
    User.objects.update(email=Concat("username", Value("@example.org")))
    filing = county.filled()
    with django_capture_on_commit_callbacks(execute=True):
        filing = step(Action.SUBMIT, filing, county.filler)
        filing = step(Action.SIGN, filing, county.head)
        assert mail.outbox == []
    assert [(message.to, message.subject.split("：")[1]) for message in mail.outbox] == [
        (["head@example.org"], "待单位审签"),
        (["supervisor_reviewer@example.org"], "待审核"),
    ]


def test_an_action_is_kept_when_the_e_mail_fails(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    county = found_county()
    User.objects.filter(username="head").update(email="head@example.org")
    filing = county.filled()
    with django_capture_on_commit_callbacks(execute=True):
        step(Action.SUBMIT, filing, county.filler)
    assert "could not notify head@example.org" in caplog.text
    assert Filing.objects.get().status == Status.SIGNING
