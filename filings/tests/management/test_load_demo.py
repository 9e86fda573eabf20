"""load_demo resumes an interrupted load, and refuses to run outside the demonstration."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from filings.choices import Status
from filings.document.bundled_editions import editions
from filings.lifecycle import workflow
from filings.models import Filing, FormEdition, Revision, User


@pytest.mark.django_db
def test_it_refuses_without_demo() -> None:
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo", stdout=StringIO())
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_interrupted_load_is_resumed(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.DEMO = True
    whole = workflow.perform
    remaining = iter(range(5))

    def interrupted(*args: object, **kwargs: object) -> Filing:
        next(remaining)
        return whole(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(workflow, "perform", interrupted)
    with pytest.raises(StopIteration):
        call_command("load_demo", stdout=StringIO())
    monkeypatch.undo()
    call_command("load_demo", stdout=StringIO())
    assert set(Filing.objects.values_list("status", flat=True)) == set(Status)
    assert Revision.objects.count() == 6
    assert set(FormEdition.objects.values_list("code", flat=True)) == set(editions())
