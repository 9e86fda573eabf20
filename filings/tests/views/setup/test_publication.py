"""公开办法 of a cycle: date, days, QR code, reasons and bases."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from filings.choices import QrPages
from filings.models import Cycle
from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


@pytest.fixture
def manager(county: County, client_of: ClientOf) -> Client:
    return client_of(county.manager)


def address(county: County, page: str = "") -> str:
    return f"/cycles/{county.cycle.pk}/setup/publication/{page}"


def fields(manager: Client, county: County) -> dict[str, str]:
    """Return all fields of the page as a browser posts them."""
    form = manager.get(address(county)).context["form"]
    bound = [*form, *form.reasons.management_form, *form.bases.management_form]
    bound += [field for rows in (form.reasons, form.bases) for row in rows for field in row]
    values = {field.html_name: field.value() for field in bound if field.value() not in (None, False)}
    return {name: str(value) for name, value in values.items()}


def save(manager: Client, county: County, **typed: Any) -> Any:
    return manager.post(address(county, "save/"), {**fields(manager, county), **typed}, follow=True)


def test_the_settings_are_stored_as_they_were_when_nothing_is_changed(county: County, manager: Client) -> None:
    assert "未经核实" in words(manager.get(address(county)))
    assert "公开办法已保存。" in words(save(manager, county))
    assert Cycle.objects.get().policy == county.cycle.policy


def test_a_started_and_a_closed_cycle_can_change_them(county: County, manager: Client) -> None:
    Cycle.objects.update(closed_at=timezone.now(), closed_by_name="甲")
    until = timezone.localdate() + timedelta(days=30)
    rows = {"bases-0-label": "国家秘密", "bases-1-DELETE": "on", "bases-5-label": "其他县规定", "bases-5-ORDER": "99"}
    save(manager, county, publish_by=str(until), days="10", qr_pages="each", verified="on", **rows)
    cycle = Cycle.objects.get()
    policy = cycle.review_policy().publication
    assert (cycle.publish_by, policy.days, policy.qr_pages, policy.verified) == (until, 10, QrPages.EACH, True)
    assert [basis.label for basis in policy.bases][::4] == ["国家秘密", "其他县规定"]
    assert (policy.basis("secret"), policy.basis("work_secret")) == (policy.bases[0], None)
    assert "未经核实" not in words(manager.get(address(county)))


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"publish_by": "2001-01-01"}, 409, "早于批次的开始日期"),
        ({"publish_by": "明年"}, 400, "请填写公开期限"),
        ({"days": "0"}, 400, "大于或等于"),
        ({f"reasons-{number}-DELETE": "on" for number in range(6)}, 400, "至少要有一个调整原因"),
        ({"stamp": "outdated"}, 409, "公开办法已被他人修改"),
    ],
)
def test_unusable_settings_are_refused(
    county: County, manager: Client, typed: dict[str, str], status: int, sentence: str
) -> None:
    answer = save(manager, county, **typed)
    assert (answer.status_code, sentence in words(answer)) == (status, True)
    assert Cycle.objects.get().policy == county.cycle.policy
    assert 'name="days"' in html(answer)
