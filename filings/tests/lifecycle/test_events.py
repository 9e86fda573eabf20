"""The chain of events of a filing: names are kept, and alterations are detected at their place."""

import json

import pytest
from django.db import connection

from filings.choices import Action
from filings.lifecycle import events
from filings.models import Event, Filing, User
from filings.models.tables import append_only
from filings.tests.county import County, found_county, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)


def test_events_keep_the_names_of_their_time(filing: Filing) -> None:
    User.objects.update(name="改名")
    assert events.first_broken(filing) is None
    assert list(filing.events.values_list("number", "action", "by_name", "by_role", "by_office")) == [
        (1, "start", "filler甲", "filler", "县档案馆"),
        (2, "submit", "filler甲", "filler", "县档案馆"),
        (3, "sign", "head甲", "head", "县档案馆"),
        (4, "pass", "supervisor_reviewer甲", "reviewer", "县委办公室"),
    ]


def test_each_event_has_the_previous_hash(filing: Filing) -> None:
    hashes = list(filing.events.values_list("hash", flat=True))
    assert list(filing.events.values_list("previous", flat=True)) == ["", *hashes[:-1]]
    assert len(set(hashes)) == 4


def test_the_detail_names_statuses_stage_and_revision(filing: Filing) -> None:
    revision = filing.last_revision()
    assert revision
    submitted = {"revision": "1", "sha256": revision.sha256, "receipt": f"{filing.cycle.year}-101-01"}
    statements = filing.cycle.review_policy().statements
    details = [events.detail(event) for event in filing.events.all()]
    assert details[1:] == [
        {"lock": "0", "from": "draft", "to": "signing", **submitted},
        {"lock": "1", "from": "signing", "to": "in_review", **submitted, "statements": "\n".join(statements)},
        {
            "lock": "2",
            "from": "in_review",
            "to": "in_review",
            "stage": "supervisor",
            "revision": "1",
            "sha256": revision.sha256,
        },
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("by_name", "别人"),
        ("by_role", "manager"),
        ("by_office", "别处"),
        ("by_id", None),
        ("action", Action.ADJUST),
        ("at", "2001-01-01T00:00Z"),
        ("detail", json.dumps({"lock": "7"})),
        ("previous", "0" * 64),
        ("hash", "0" * 64),
        ("number", 9),
    ],
)
def test_an_altered_event_breaks_the_chain_at_its_number(
    county: County, filing: Filing, column: str, value: object
) -> None:
    append_only.remove(connection)
    Event.objects.filter(filing=filing, number=3).update(**{column: value or county.stranger.pk})
    append_only.install(connection)
    assert events.first_broken(filing) == 3


def test_a_missing_event_breaks_the_chain_at_its_number(filing: Filing) -> None:
    append_only.remove(connection)
    Event.objects.filter(filing=filing, number=2).delete()
    append_only.install(connection)
    assert events.first_broken(filing) == 2
