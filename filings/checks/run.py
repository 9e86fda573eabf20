"""Run all checks before submission: the rules, and whether the table can be printed."""

from dataclasses import replace

from filings.choices import Severity
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats.pdf import check_glyphs, check_length
from filings.rules import engine
from filings.rules.engine import RuleResults
from filings.rules.finding import KnownFacts, RuleFinding


def run(document: FilingDocument, edition: Edition, known: KnownFacts | None = None) -> RuleResults:
    """Return all findings, those of the rules first, and the rules that raised an exception."""
    checked = engine.run(document, edition, known)
    printing = (*check_glyphs.check(document, edition), *check_length.check(document, edition))
    return replace(checked, findings=(*checked.findings, *printing))


def check(document: FilingDocument, edition: Edition, known: KnownFacts | None = None) -> tuple[RuleFinding, ...]:
    """Return all findings, those of the rules first."""
    return run(document, edition, known).findings


def errors(findings: tuple[RuleFinding, ...]) -> tuple[RuleFinding, ...]:
    """Select the findings that stop submission."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
