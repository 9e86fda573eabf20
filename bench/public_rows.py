"""Published tables of many years, created in bulk. Import it after Django's settings."""

from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from filings import verification_code
from filings.choices import Status
from filings.document import canonical_json
from filings.lifecycle import issuing
from filings.models import Cycle, Department, Filing, IssuedCopy, Publication, Revision, User
from filings.publication.publish import search_words
from filings.tests.county import found_county
from filings.tests.founding import founding_document

BATCH = 1000


def publish(years: int, departments: int) -> Cycle:
    """Publish the founding table of each department in each year and return the newest cycle.

    The tables of a year share a version, except in the newest one, whose files are measured.
    """
    county = found_county()
    newest = county.cycle
    units = Department.objects.bulk_create(
        Department(code=f"5{number:05}", name=f"第{number}局") for number in range(departments)
    )
    for year in range(newest.year - years + 1, newest.year):
        cycle = Cycle(**{field.attname: getattr(newest, field.attname) for field in Cycle._meta.fields[1:]})
        cycle.year = year
        cycle.save()
        _publish_year(cycle, units, county.manager, versions=1)
    _publish_year(newest, units, county.manager, versions=departments)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return newest


@transaction.atomic
def _publish_year(cycle: Cycle, units: Sequence[Department], by: User, *, versions: int) -> None:
    filings = [Filing(cycle=cycle, department=unit, status=Status.APPROVED) for unit in units]
    Filing.objects.bulk_create(filings, BATCH)
    content, now = canonical_json.dumps(founding_document()), timezone.now()
    revisions = [
        Revision(filing=filing, number=1, receipt=f"r{filing.pk}", content=content, submitted_by=by, submitted_at=now)
        for filing in filings[:versions]
    ]
    Revision.objects.bulk_create(revisions, BATCH)
    sha256 = issuing.keep(b"%PDF" * 75_000)
    copies = [
        IssuedCopy(
            filing=filing,
            revision=revisions[number % versions],
            sha256=sha256,
            code=verification_code.new(),
            issued_at=now,
        )
        for number, filing in enumerate(filings)
    ]
    IssuedCopy.objects.bulk_create(copies, BATCH)
    words = search_words(founding_document())
    Publication.objects.bulk_create((_publication(copy, words, by) for copy in copies), BATCH)


def _publication(copy: IssuedCopy, words: str, by: User) -> Publication:
    """Return the publication of a copy, with a task of its own among the words."""
    cycle, department = copy.filing.cycle, copy.filing.department
    return Publication(
        filing=copy.filing,
        copy=copy,
        cycle=cycle,
        year=cycle.year,
        title=f"{cycle.year}年部门整体支出绩效目标表",
        department_code=department.code,
        department_name=department.name,
        initials=department.initials,
        words=f"{words}\n{department.name}\n专项任务{copy.filing_id}号",
        by=by,
        approved_at=copy.issued_at,
        at=copy.issued_at,
    )
