"""Everything that is checked before a table may be submitted: the rules, and whether it can be printed."""

from dataclasses import replace

from filings.choices import Severity
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats.pdf import check_glyphs, check_length
from filings.rules import engine
from filings.rules.engine import RuleResults
from filings.rules.finding import KnownFacts, RuleFinding


def run(document: FilingDocument, edition: Edition, known: KnownFacts | None = None) -> RuleResults:
    """All findings of a document, those of the rules first, and the rules that broke."""
    checked = engine.run(document, edition, known)
    printing = (*check_glyphs.check(document, edition), *check_length.check(document, edition))
    return replace(checked, findings=(*checked.findings, *printing))


def check(document: FilingDocument, edition: Edition, known: KnownFacts | None = None) -> tuple[RuleFinding, ...]:
    """All findings of a document, those of the rules first."""
    return run(document, edition, known).findings


def errors(findings: tuple[RuleFinding, ...]) -> tuple[RuleFinding, ...]:
    """Those findings that stop submission."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
