"""The migration that divides the messages of stored findings into facts and advice."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from filings.models.tables.finding import Finding
from filings.tests.county import found_county

migration = import_module("filings.migrations.0018_divide_messages")


@pytest.mark.once
@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("「质量指标」下面一行指标也没有。请至少填写一行。", "「质量指标」下面一行指标也没有。"),
        ("成本不能超过预算，请核对各项成本指标的指标值。", "成本不能超过预算。"),
        ("今年没有了。如果这项工作还在做，请保留这一行。", "今年没有了。"),
        ("指标「做好工作。请示上级」没有指标值。请填写。", "指标「做好工作。请示上级」没有指标值。"),
        ("指标「邀请函，请柬」没有计量单位。", "指标「邀请函，请柬」没有计量单位。"),
    ],
)
def test_facts_are_what_precedes_the_advice(message: str, facts: str) -> None:
    assert migration.facts(message) == facts


@pytest.mark.django_db
def test_facts_of_stored_findings_are_filled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "BATCH", 2)
    county = found_county()
    filing = county.started()
    revision = filing.revisions.create(
        number=1,
        receipt=f"R{filing.pk}-1",
        content="{}",
        sha256="0" * 64,
        submitted_by=county.filler,
        submitted_by_name="甲",
        submitted_at=timezone.now(),
    )
    values = {"revision": revision, "code": "B1", "severity": "error", "places": []}
    for number in range(1, 6):
        Finding.objects.create(number=number, identity=f"B1-{number}", message=f"少 {number}。请核对。", **values)
    Finding.objects.create(number=6, identity="B1-6", message="少。请核对。", facts="已有。", **values)
    migration.fill_facts(apps, connection.schema_editor())
    found = [(finding.message, finding.facts) for finding in Finding.objects.order_by("number")]
    divided = [(f"少 {number}。请核对。", f"少 {number}。") for number in range(1, 6)]
    assert found == [*divided, ("少。请核对。", "已有。")]
