"""Managers see on every page that the background worker does not run; others do not."""

from datetime import timedelta

from django.utils import timezone

from filings.background.daily import daily
from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import words


def test_only_managers_see_that_the_worker_does_not_run(county: County, client_of: ClientOf) -> None:
    county.manager.is_staff = True
    county.manager.save()
    manager, filler = client_of(county.manager), client_of(county.filler)
    assert "后台进程未运行" not in words(manager.get("/"))
    daily.using(run_after=timezone.now() - timedelta(minutes=5)).enqueue()
    assert "后台进程未运行：有 1 项任务等候办理，最长已等候 5 分钟" in words(manager.get("/"))
    assert "后台进程未运行" not in words(filler.get("/"))
