"""Everything that is checked before a table may be submitted: the rules, and whether it can be printed."""

from filings.choices import Severity
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats import glyphs, length
from filings.rules import engine
from filings.rules.finding import Finding


def check(document: FilingDocument, edition: Edition) -> tuple[Finding, ...]:
    """All findings of a document, those of the rules first."""
    return (*engine.check(document, edition), *glyphs.check(document, edition), *length.check(document, edition))


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those findings that stop submission."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
