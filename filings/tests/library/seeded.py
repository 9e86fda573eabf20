"""Library entries, the demonstration's seed and approved tables for tests."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from filings.choices import Status
from filings.document import canonical_json, initials
from filings.document.content import IndicatorRow, compose
from filings.models import Cycle, Department, Filing, IssuedCopy, LibraryEntry, Revision, User
from filings.tests.county import County, founding_edition

SEED = Path(settings.BASE_DIR, "fixtures", "library", "demonstration.json")
Written = tuple[str, str, str]


def seeded(county: County) -> None:
    call_command("load_library", str(SEED), stdout=StringIO())


def entry(name: str, canonical_key: str = "OUT.QTY", *values: str, **facts: object) -> LibraryEntry:
    defaults = {
        "source": "演示编拟",
        "at": timezone.now(),
        "initials": initials.initials_of(name),
        "values": list(values),
    }
    return LibraryEntry.objects.create(name=name, canonical=canonical_key, **{**defaults, **facts})


def cycle_of(year: int) -> Cycle:
    day = timezone.localdate()
    stages = ["performance"]
    return Cycle.objects.create(year=year, edition=founding_edition(), opens_on=day, deadline=day, stages=stages)


def approved(department: Department, cycle: Cycle, by: User, *rows: Written) -> IssuedCopy:
    """Create a live issued copy with rows of (class of the edition, name, target)."""
    filing = Filing.objects.create(cycle=cycle, department=department, status=Status.APPROVED)
    edition = cycle.edition.definition()
    listed = [
        IndicatorRow(f"r{number}", node, "", "", name, target) for number, (node, name, target) in enumerate(rows)
    ]
    fields = {"department": department.name}
    document = compose(edition, year=cycle.year, fields=fields, amounts={}, indicators=listed)
    revision = Revision.objects.create(
        filing=filing,
        number=1,
        receipt=f"R{filing.pk}-1",
        content=canonical_json.dumps(document),
        sha256=canonical_json.digest(document),
        submitted_by=by,
        submitted_by_name=by.name,
        submitted_at=timezone.now(),
    )
    code = f"CODE{revision.pk:08}"
    return IssuedCopy.objects.create(
        filing=filing, revision=revision, sha256="0" * 64, code=code, issued_at=timezone.now()
    )
