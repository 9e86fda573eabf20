"""Writes of publications, adjustment reasons and jobs that the database refuses."""

from collections.abc import Callable

from django.utils import timezone

from filings.choices import JobKind, PublicationEnd
from filings.models import (
    AdjustmentReason,
    CopyJob,
    Department,
    Filing,
    IssuedCopy,
    Publication,
    Revision,
    Withholding,
    WrongWord,
)
from filings.tests.county import County


def copy(revision: Revision, code: str, **columns: object) -> IssuedCopy:
    values = {"sha256": "0" * 64, "code": code, "issued_at": timezone.now()} | columns
    return IssuedCopy.objects.create(filing=revision.filing, revision=revision, **values)


def publish(county: County, revision: Revision, **columns: object) -> Publication:
    filing, now = revision.filing, timezone.now()
    copy = filing.issued_copies.first() or IssuedCopy.objects.create(
        filing=filing, revision=revision, sha256="0" * 64, code="P", issued_at=now
    )
    values = {"year": 2026, "title": "表", "department_code": "101", "department_name": "县档案馆", "by_name": "甲"}
    return Publication.objects.create(
        filing=filing, copy=copy, cycle=filing.cycle, approved_at=now, at=now, by=county.manager, **values, **columns
    )


def withhold(county: County, **columns: object) -> Withholding:
    return Withholding.objects.create(
        cycle=county.cycle,
        department=county.department,
        basis="secret",
        basis_label="涉及国家秘密",
        by=county.manager,
        at=timezone.now(),
        **columns,
    )


def explain(filing: Filing, county: County, revision: Revision | None = None) -> AdjustmentReason:
    return AdjustmentReason.objects.create(
        filing=filing,
        revision=revision,
        place="goals[0]",
        reason="budget",
        label="预算调整",
        by=county.filler,
        at=timezone.now(),
    )


def job(county: County, **columns: object) -> CopyJob:
    values = {"kind": JobKind.PUBLISH, "filings": []} | columns
    return CopyJob.objects.create(cycle=county.cycle, by=county.manager, at=timezone.now(), **values)


def _supersede_twice(revision: Revision) -> None:
    first = copy(revision, "A", live=False)
    copy(revision, "B", live=False, supersedes=first)
    copy(revision, "C", live=False, supersedes=first)


REFUSED_PUBLICATIONS: dict[str, Callable[[County, Filing, Revision], object]] = {
    "department_seal_shape_known": lambda county, *_: Department.objects.update(seal_shape="square"),
    "issued_copy_signed_with_a_certificate": lambda county, filing, revision: filing.issued_copies.create(
        revision=revision, sha256="0" * 64, code="S", issued_at=timezone.now(), signed_by="演示财政局"
    ),
    "issued_copy_revoked_with_a_reason": lambda county, filing, revision: copy(
        revision, "A", live=False, revoked_at=timezone.now(), revoked_by=county.manager
    ),
    "issued_copy_one_live": lambda county, filing, revision: [copy(revision, code) for code in "AB"],
    "filings_issuedcopy.code": lambda county, filing, revision: [copy(revision, "A", live=False) for _ in range(2)],
    "issued_copy_superseded_once": lambda county, filing, revision: _supersede_twice(revision),
    "publication_one_public": lambda county, _, revision: [publish(county, revision) for _ in range(2)],
    "publication_ended_by_a_user": lambda county, _, revision: publish(county, revision, ended_at=timezone.now()),
    "publication_withdrawn_with_a_reason": lambda county, _, revision: publish(
        county, revision, ended_at=timezone.now(), end=PublicationEnd.WITHDRAWN, ended_by=county.manager
    ),
    "withholding_one_in_force": lambda county, *_: [withhold(county) for _ in range(2)],
    "withholding_lifted_with_a_reason": lambda county, *_: withhold(
        county, lifted_at=timezone.now(), lifted_by=county.manager
    ),
    "filings_wrongword.word": lambda *_: [WrongWord.objects.create(word="帐户", at=timezone.now()) for _ in range(2)],
    "wrong_word_not_blank": lambda *_: WrongWord.objects.create(word="", at=timezone.now()),
    "adjustment_reason_once_in_draft": lambda county, filing, _: [explain(filing, county) for _ in range(2)],
    "adjustment_reason_once_in_revision": lambda county, filing, revision: [
        explain(filing, county, revision) for _ in range(2)
    ],
    "copy_job_kind_known": lambda county, *_: job(county, kind="burn"),
    "copy_job_state_known": lambda county, *_: job(county, state="lost"),
}
