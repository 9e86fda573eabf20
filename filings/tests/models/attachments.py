"""Writes of attachments that the database refuses."""

from collections.abc import Callable

from django.utils import timezone

from filings.models import Filing, Revision
from filings.tests.county import County


def attach(filing: Filing, county: County, kind: str = "other", **columns: object) -> None:
    filing.attachments.create(kind=kind, name="a.pdf", size=1, by=county.filler, at=timezone.now(), **columns)


REFUSED_ATTACHMENTS: dict[str, Callable[[County, Filing, Revision], object]] = {
    "attachment_kind_known": lambda county, filing, _: attach(filing, county, "seal"),
    "attachment_revision_of_scans_only": lambda county, filing, _: attach(filing, county, "signed_scan"),
    "attachment_removed_by_a_user": lambda county, filing, _: attach(filing, county, removed_at=timezone.now()),
}
