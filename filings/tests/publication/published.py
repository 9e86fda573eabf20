"""Approved and published filings in tests."""

from django.utils import timezone

from filings.choices import Action
from filings.models import Department, Filing, IssuedCopy, Publication, Revision, User
from filings.publication.publish import publish
from filings.tests.county import County, enrol, step, with_reasons


def approved(county: County) -> Filing:
    """Return the county's filing, approved by reviewers of all its stages."""
    return passed(county.in_review(), county)


def passed(filing: Filing, county: County) -> Filing:
    """Approve a filing in review at all its stages."""
    while filing.stage:
        filing = step(Action.APPROVE_STAGE, filing, getattr(county, f"{filing.stage}_reviewer"))
    return filing


def adjusted(county: County) -> Filing:
    """Adjust an approved filing and approve it again."""
    filing = step(Action.ADJUST, Filing.objects.get(department=county.department), county.filler, reason="预算调整")
    filing.texts.filter(place="goals[0]").update(raw="管好县档案，服务查阅。")
    filing = step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    return passed(step(Action.SIGN, filing, county.head), county)


def published(county: County, *, by: User | None = None) -> Publication:
    """Approve and publish the county's filing."""
    return publish(approved(county).pk, by=by or county.manager, now=timezone.now())


def copied(first: Filing, county: County, code: str, *, content: str = "") -> Filing:
    """Return a filing of another department with an issued copy like that of the first, or of other `content`."""
    department = Department.objects.create(code=code, name=f"单位{code}")
    enrol(county.cycle, department)
    filing = Filing.objects.create(cycle=county.cycle, department=department, status=first.status)
    copy, revision = first.issued_copies.get(), first.revisions.get()
    revision = Revision.objects.create(
        filing=filing,
        number=1,
        receipt=f"receipt {code}",
        content=content or revision.content,
        sha256=revision.sha256,
        submitted_by=county.filler,
        submitted_by_name="甲",
        submitted_at=timezone.now(),
    )
    IssuedCopy.objects.create(
        filing=filing, revision=revision, sha256=copy.sha256, code=f"CODE{code}", issued_at=timezone.now()
    )
    return filing
