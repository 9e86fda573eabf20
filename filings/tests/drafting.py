"""Saving into a draft and reading its rows, for tests."""

from filings import drafts
from filings.drafts import Change
from filings.models import Filing
from filings.tests.county import County


def save(filing: Filing, county: County, *changes: tuple[str, str, str], client_id: str = "one") -> drafts.Saved:
    return drafts.save(filing, [Change(*change) for change in changes], by=county.filler, client_id=client_id)


def rows(filing: Filing) -> list[tuple[str | None, str]]:
    return [(row.node, row.name) for row in drafts.raw(filing).indicators]


def duties(filing: Filing) -> list[str]:
    return [duty.text for duty in drafts.raw(filing).duties]
