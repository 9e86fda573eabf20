"""Revisions and events cannot be changed, on both databases; of one made by the migrations as well."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from filings.choices import Status
from filings.models import Event, Revision
from filings.tests.county import found_county


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Revision, Event])
@pytest.mark.parametrize("verb", ["update", "delete", "truncate"])
def test_history_cannot_be_changed(model: type[Revision | Event], verb: str) -> None:
    refuse(model, verb)


@pytest.mark.migrated
@pytest.mark.django_db
@pytest.mark.parametrize("model", [Revision, Event])
@pytest.mark.parametrize("verb", ["update", "delete", "truncate"])
def test_history_cannot_be_changed_after_all_migrations(model: type[Revision | Event], verb: str) -> None:
    refuse(model, verb)


def refuse(model: type[Revision | Event], verb: str) -> None:
    if verb == "truncate" and connection.vendor == "sqlite":
        return
    found_county().signing()
    before = list(model.objects.values())
    assert before
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        _try(model, verb)
    assert list(model.objects.values()) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_history_is_protected_after_tests_that_emptied_the_tables(time: int) -> None:
    """The second run starts from the state that the fixtures left after the first."""
    assert not Event.objects.exists()
    filing = found_county().signing()
    with pytest.raises(DatabaseError, match="append-only"):
        Event.objects.update(number=F("number") + 1)
    assert filing.status == Status.SIGNING


def _try(model: type[Revision | Event], verb: str) -> None:
    table = model._meta.db_table
    statement = {
        "update": f"UPDATE {table} SET number = number + 1",  # noqa: S608
        "delete": f"DELETE FROM {table}",  # noqa: S608
        "truncate": f"TRUNCATE {table} CASCADE",
    }[verb]
    with connection.cursor() as cursor:
        if verb == "truncate":
            # Checks that wait for the end of the transaction would refuse it first.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
