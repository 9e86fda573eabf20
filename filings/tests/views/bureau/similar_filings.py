"""Filings with copied content, their comparison, and what a reviewer posts about them."""

from random import Random

from django.utils import timezone

from filings.choices import Action, Stage, Status
from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.lifecycle import events
from filings.models import Department, Filing
from filings.oversight.copies import queue_comparison
from filings.tests.county import County
from filings.tests.similarity.counties import copied, department_table
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import words
from filings.tests.worker import work

TEXT = "与其他单位雷同，请重写。"


def address(county: County, page: str = "") -> str:
    return f"/cycles/{county.cycle.pk}/similar/{page}"


def submitted(county: County, name: str, document: FilingDocument, stage: Stage = Stage.SECTION) -> Filing:
    """Store a department of the section with a signed table in review."""
    department, _ = Department.objects.get_or_create(code=name, defaults={"name": name, "section": county.section})
    filing = Filing.objects.create(cycle=county.cycle, department=department, status=Status.IN_REVIEW, stage=stage)
    filing.revisions.create(
        number=1,
        receipt=f"R{filing.pk}-1",
        content=canonical_json.dumps(document),
        sha256=canonical_json.digest(document),
        submitted_by=county.stranger,
        submitted_by_name="stranger",
        submitted_at=timezone.now(),
    )
    acting = county.stranger.memberships.get()
    events.record(filing, Action.SIGN, by=county.stranger, acting=acting, time=timezone.now(), detail={})
    return filing


def compare(county: County) -> None:
    """Compare the cycle's filings, as the worker does."""
    queue_comparison(county.cycle, by=county.manager, now=timezone.now())
    work()


def copies(county: County, *names: str, seed: int = 1, stage: Stage = Stage.SECTION) -> list[Filing]:
    """Store filings of which all are copies of the first."""
    original = department_table(names[0], Random(seed))
    documents = (original, *(copied(original, name) for name in names[1:]))
    return [submitted(county, name, document, stage) for name, document in zip(names, documents, strict=True)]


def submit_again(county: County, filing: Filing, document: FilingDocument) -> None:
    filing.revisions.create(
        number=2,
        receipt=f"R{filing.pk}-2",
        content=canonical_json.dumps(document),
        sha256=canonical_json.digest(document),
        submitted_by=county.stranger,
        submitted_by_name="stranger",
        submitted_at=timezone.now(),
    )
    acting = county.stranger.memberships.get()
    events.record(filing, Action.SIGN, by=county.stranger, acting=acting, time=timezone.now(), detail={})


def remark(county: County, client_of: ClientOf, *selected: str, **typed: str) -> str:
    reason = county.cycle.review_policy().reasons[0]
    values = {"at": selected, "text": TEXT, "code": reason.key, **typed}
    return words(client_of(county.section_reviewer).post(address(county, "remark/"), values))
