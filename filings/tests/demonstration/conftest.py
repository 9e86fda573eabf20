"""The small county and some of the large one, loaded once for all modules of this folder."""

from collections.abc import Iterable, Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from filings.demonstration import load
from filings.demonstration.printing import PrintedJob, PrintJob
from filings.document import canonical_json
from filings.models import Cycle
from filings.signing.signer import Signed

LOADED = 40


def quick(jobs: Iterable[PrintJob]) -> Iterator[PrintedJob]:
    """Print quickly: the canonical hash of the document with the code."""
    for job in jobs:
        content = f"%PDF {canonical_json.digest(job.document)} {job.mark.code}".encode()
        yield PrintedJob(b"seal", Signed(content, "", "", ""))


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the counties, and roll them back at the end."""
    with override_settings(DEMO=True), django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=StringIO())
        list(load.load(Cycle.objects.get(year=2022), quick, most=LOADED))
        yield
        transaction.set_rollback(True)
