"""Findings, waivers, rule failures and control figures are read-only in the admin."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from filings import manager_group
from filings.models import ControlFigure, Filing, Finding, RuleFailure, Waiver
from filings.tests.county import County, found_county

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ABOUT_RULES = (Finding, Waiver, RuleFailure, ControlFigure)


def create_rows(county: County, filing: Filing) -> None:
    """Create a finding, a waiver, a rule failure and a control figure."""
    now = timezone.now()
    Finding.objects.create(
        revision=filing.revisions.get(),
        number=99,
        code="K2",
        severity="warning",
        identity="K2-1",
        places=[],
        message="x",
    )
    Waiver.objects.create(
        filing=filing, identity="B7-1", code="B7", message="x", reason="y", by=county.manager, by_name="z", at=now
    )
    RuleFailure.objects.create(code="K1", error="x", fingerprint="y", filing=filing, first_at=now, last_at=now)
    ControlFigure.objects.create(
        cycle=county.cycle, department=county.department, raw="5万元", fen=5_000_000, by=county.manager, at=now
    )


@pytest.mark.parametrize("model", ABOUT_RULES)
def test_findings_and_waivers_are_read_only(model: type) -> None:
    county = found_county()
    manager_group.sync(county.manager)
    create_rows(county, county.in_review())
    client = Client()
    client.force_login(county.manager)
    key = model.objects.latest("pk").pk  # type: ignore[attr-defined]

    def page(name: str, *args: object) -> str:
        return reverse(f"admin:filings_{model.__name__.lower()}_{name}", args=args)

    assert client.get(page("changelist")).status_code == 200
    assert client.get(page("change", key)).status_code == 200
    assert client.get(page("add")).status_code == 403
    assert client.post(page("change", key), {}).status_code == 403
    assert client.post(page("delete", key), {"post": "yes"}).status_code == 403
