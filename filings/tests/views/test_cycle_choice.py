"""Everything is seen within a chosen cycle, and several cycles run at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from filings.choices import Action
from filings.lifecycle import workflow
from filings.models import Cycle, Filing
from filings.tests.county import County, enrol, fill, open_cycle, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


@pytest.fixture
def second(county: County) -> Cycle:
    """A second cycle of the same year, and one of the next year, in which nothing has begun."""
    Cycle.objects.filter(pk=county.cycle.pk).update(name="年初批次")
    second, following = open_cycle(), open_cycle()
    Cycle.objects.filter(pk=second.pk).update(name="追加批次")
    Cycle.objects.filter(pk=following.pk).update(year=county.cycle.year + 1)
    enrol(second, county.department)
    enrol(following, county.department)
    second.refresh_from_db()
    return second


def test_a_later_cycle_does_not_hide_one_that_runs(county: County, second: Cycle, client_of: ClientOf) -> None:
    page = words(client_of(county.filler).get("/"))
    assert "待办 3" in page
    following = Cycle.objects.get(year=county.cycle.year + 1)
    for cycle in (following, second, county.cycle):
        address = f"/cycles/{cycle.pk}/departments/{county.department.pk}/start/"
        assert address in html(client_of(county.filler).get("/"))
    assert page.index(str(following)) < page.index("追加批次") < page.index("年初批次")


@pytest.mark.parametrize("change", [{"started_at": None}, {"opens_on": "2999-01-01", "deadline": "2999-02-01"}])
def test_cycles_that_are_not_started_or_open_offer_nothing(
    county: County, client_of: ClientOf, change: dict[str, str]
) -> None:
    Cycle.objects.update(**change)
    assert "待办 0" in words(client_of(county.filler).get("/"))


def test_departments_that_are_not_enrolled_start_nothing(county: County, client_of: ClientOf) -> None:
    county.cycle.enrolments.all().delete()
    assert "待办 0" in words(client_of(county.filler).get("/"))


def test_tasks_of_several_cycles_are_grouped_with_the_cycle_named(
    county: County, second: Cycle, client_of: ClientOf
) -> None:
    county.signing()
    client = client_of(county.head)
    assert "待我审签 1" in words(client.get("/"))
    other = workflow.start(second, county.department, by=county.filler)
    fill(other)
    step(Action.SUBMIT, other, county.filler)
    page = words(client.get("/"))
    assert page.index("待我审签 · 追加批次 1") < page.index("待我审签 · 年初批次 1")


def test_counts_and_lists_are_those_of_the_chosen_cycle(county: County, second: Cycle, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.manager)
    page = client.get(f"/filings/?cycle={second.pk}")
    assert "全部 0 填报中 0 待单位审签 0" in words(page)
    page = client.get(f"/filings/?cycle={county.cycle.pk}")
    assert "全部 1 填报中 0 待单位审签 1" in words(page)
    assert f'href="/cycles/{county.cycle.pk}/findings/"' in html(page)
    assert f'href="/cycles/{county.cycle.pk}/controls/"' in html(page)
    assert f'href="/filings/{filing.pk}/"' in html(page)


def test_the_newest_started_cycle_is_chosen_first_and_another_is_remembered(
    county: County, second: Cycle, client_of: ClientOf
) -> None:
    following = Cycle.objects.get(year=county.cycle.year + 1)
    client = client_of(county.filler)
    assert chosen_in(client.get("/filings/")) == following.pk
    assert client.get("/rules/")["Location"] == f"/cycles/{following.pk}/rules/"
    answer = client.get(f"/cycles/choose/?page=overview&cycle={second.pk}")
    assert answer["Location"] == f"/filings/?cycle={second.pk}"
    client.get(answer["Location"])
    assert chosen_in(client.get("/filings/")) == second.pk
    assert client.get("/rules/")["Location"] == f"/cycles/{second.pk}/rules/"
    client.get(f"/cycles/{county.cycle.pk}/findings/")
    assert chosen_in(client.get("/filings/")) == county.cycle.pk


def test_an_open_cycle_is_chosen_before_one_that_opens_later(
    county: County, second: Cycle, client_of: ClientOf
) -> None:
    Cycle.objects.filter(year=county.cycle.year + 1).update(
        opens_on=timezone.localdate() + timedelta(days=1), deadline=timezone.localdate() + timedelta(days=9)
    )
    assert chosen_in(client_of(county.filler).get("/filings/")) == second.pk


@pytest.mark.parametrize("page", ["cycle_findings", "controls", "rules"])
def test_a_choice_leads_to_the_same_page_of_the_other_cycle(
    county: County, second: Cycle, client_of: ClientOf, page: str
) -> None:
    client = client_of(county.manager)
    address = client.get(f"/cycles/choose/?page={page}&cycle={second.pk}")["Location"]
    assert address.startswith(f"/cycles/{second.pk}/")
    assert chosen_in(client.get(address)) == second.pk


@pytest.mark.parametrize("query", ["cycle=0", "cycle=x", "cycle=", "page=nowhere"])
def test_an_unknown_cycle_or_page_falls_back(county: County, client_of: ClientOf, query: str) -> None:
    answer = client_of(county.filler).get(f"/cycles/choose/?{query}")
    assert answer["Location"] == f"/filings/?cycle={county.cycle.pk}"


def test_without_a_cycle_pages_are_empty(county: County, client_of: ClientOf) -> None:
    Cycle.objects.update(started_at=None)
    client = client_of(county.filler)
    assert client.get("/cycles/choose/")["Location"] == "/"
    assert client.get("/rules/")["Location"] == "/"
    assert "全部 0 " in words(client.get("/filings/"))


def test_managers_also_choose_a_cycle_that_is_not_started(county: County, second: Cycle, client_of: ClientOf) -> None:
    Cycle.objects.filter(pk=second.pk).update(started_at=None)
    assert "追加批次（未启动）" in words(client_of(county.manager).get("/filings/"))
    assert "追加批次" not in words(client_of(county.filler).get(f"/filings/?cycle={second.pk}"))


def test_cycles_of_a_year_have_different_names(county: County, second: Cycle) -> None:
    filing = county.started()
    assert str(Filing.objects.get(pk=filing.pk)) == "年初批次 县档案馆"
    second.name = "年初批次"
    with pytest.raises(ValidationError, match="已有批次「年初批次」，请写一个不同的名称"):
        second.clean()
    second.name = ""
    second.clean()


def chosen_in(page: object) -> int:
    """Return the cycle selected on a page."""
    before, _, _ = html(page).partition('" selected>')
    return int(before.rpartition('value="')[2])
