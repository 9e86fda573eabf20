"""Published copies without the steps that lead to them, for tests of the public pages."""

from datetime import datetime

from django.utils import timezone

from filings import verification_code
from filings.choices import PublicationEnd, Status
from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.lifecycle import issuing
from filings.models import Cycle, Department, Filing, IssuedCopy, Publication, Revision, User
from filings.publication.publish import search_letters, search_words
from filings.tests.founding import EDITION, founding_document


def publish(
    cycle: Cycle,
    department: Department,
    document: FilingDocument | None = None,
    *,
    by: User,
    at: datetime | None = None,
    content: bytes | None = None,
) -> Publication:
    """Publish a table; an earlier one of the department is superseded. `content` are the bytes of the PDF."""
    document, at = document or founding_document(), at or timezone.now()
    filing, _ = Filing.objects.get_or_create(
        cycle=cycle, department=department, defaults={"status": Status.APPROVED, "held_since": at}
    )
    end(filing, PublicationEnd.REPLACED, by=by)
    number = filing.revisions.count() + 1
    revision = Revision.objects.create(
        filing=filing,
        number=number,
        receipt=f"{cycle.pk}-{department.code}-{number}",
        content=canonical_json.dumps(document),
        sha256=canonical_json.digest(document),
        submitted_by=by,
        submitted_by_name=by.name,
        submitted_at=at,
    )
    earlier = filing.issued_copies.filter(live=True).first()
    filing.issued_copies.update(live=False)
    copy = IssuedCopy.objects.create(
        filing=filing,
        revision=revision,
        sha256=issuing.keep(content or f"%PDF {department.code} {number}".encode()),
        code=verification_code.new(),
        supersedes=earlier,
        issued_at=at,
    )
    publication = row_of(copy, document, cycle.edition.definition(), by=by, at=at)
    publication.save()
    return publication


def row_of(copy: IssuedCopy, document: FilingDocument, edition: Edition, *, by: User, at: datetime) -> Publication:
    """Return the publication of a copy, not yet saved."""
    filing = copy.filing
    return Publication(
        filing=filing,
        copy=copy,
        cycle=filing.cycle,
        year=filing.cycle.year,
        title=edition.title_for(filing.cycle.year),
        department_code=filing.department.code,
        department_name=filing.department.name,
        initials=search_letters(filing.department),
        words=search_words(document),
        approved_at=copy.approved_at,
        at=at,
        by=by,
        by_name=by.name,
        by_office="绩效股",
    )


def end(filing: Filing, reason: PublicationEnd, *, by: User, why: str = "") -> None:
    """End the publication of a filing."""
    Publication.objects.filter(filing=filing, ended_at__isnull=True).update(
        ended_at=timezone.now(), end=reason, ended_by=by, ended_by_name=by.name, end_reason=why
    )


def publish_many(cycle: Cycle, count: int, *, by: User) -> None:
    """Publish the founding table of new departments in bulk; their copies have one file."""
    known = Department.objects.count()
    departments = Department.objects.bulk_create(
        Department(code=f"6{number:04}", name=f"第{number}中学") for number in range(known, known + count)
    )
    filings = Filing.objects.bulk_create(
        Filing(cycle=cycle, department=department, status=Status.APPROVED) for department in departments
    )
    document, now, sha256 = founding_document(), timezone.now(), issuing.keep(b"%PDF")
    content = canonical_json.dumps(document)
    revisions = Revision.objects.bulk_create(
        Revision(filing=filing, number=1, receipt=f"r{filing.pk}", content=content, submitted_by=by, submitted_at=now)
        for filing in filings
    )
    copies = IssuedCopy.objects.bulk_create(
        IssuedCopy(filing=each.filing, revision=each, sha256=sha256, code=verification_code.new(), issued_at=now)
        for each in revisions
    )
    Publication.objects.bulk_create(row_of(copy, document, EDITION, by=by, at=now) for copy in copies)
