"""Save into a draft and read its rows."""

from filings import drafts
from filings.document.content import FilingDocument
from filings.drafts import Change
from filings.importing import merge_plan
from filings.models import Filing
from filings.tests.county import County


def save(filing: Filing, county: County, *changes: tuple[str, str, str], client_id: str = "one") -> drafts.SaveResult:
    return drafts.save(filing, [Change(*change) for change in changes], by=county.filler, client_id=client_id)


def import_document(filing: Filing, county: County, document: FilingDocument) -> None:
    """Import a document into the draft, overwriting every cell that differs."""
    plan = merge_plan.plan_merge(filing, drafts.load(filing), document)
    merge_plan.merge_document(filing, document, {change.place for change in plan.differing}, by=county.filler)


def rows(filing: Filing) -> list[tuple[str | None, str]]:
    """Return (class, name) of each indicator."""
    return [(row.node, row.name) for row in drafts.raw(filing).indicators]


def duties(filing: Filing) -> list[str]:
    return [duty.text for duty in drafts.raw(filing).duties]
