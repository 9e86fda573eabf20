"""Runs the catalogue's rules over a document, and puts their findings into the order of the table."""

from collections.abc import Iterator

from filings.choices import Severity
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.rules.catalogue import CATALOGUE, Rule
from filings.rules.finding import Answer, CannotTell, Case, Fault, Finding, NotApplicable

_MILDEST_FIRST = (Severity.ADVICE, Severity.WARNING, Severity.ERROR)


def check(document: FilingDocument, edition: Edition) -> tuple[Finding, ...]:
    """All findings, in the order of the table and then by code. A rule that the edition does not name is off."""
    found = [
        _finding(rule, fault, edition)
        for rule, answer in answers(document, edition)
        if not isinstance(answer, NotApplicable | CannotTell)
        for fault in answer
    ]
    rows = {row: at for at, row in enumerate(_rows(document, edition))}
    columns = ("", *(column.key for column in edition.columns))

    def order(finding: Finding) -> tuple[int, int, str]:
        first = finding.places[0]
        column = columns.index(first.column) if first.column in columns else 0
        return rows.get(Place(first.section, first.key), len(rows)), column, finding.code

    return tuple(sorted(found, key=order))


def answers(document: FilingDocument, edition: Edition) -> tuple[tuple[Rule, Answer], ...]:
    """What each rule that the edition has switched on answers, also where it does not apply or cannot tell."""
    case = Case(document, edition)
    return tuple((rule, rule.answer(case)) for rule in CATALOGUE if edition.rules.get(rule.code, "off") != "off")


def _finding(rule: Rule, fault: Fault, edition: Edition) -> Finding:
    severity = min(Severity(edition.rules[rule.code]), fault.at_most, key=_MILDEST_FIRST.index)
    return Finding(rule.code, severity, fault.places, fault.message, fault.numbers, rule.criterion, rule.basis)


def _rows(document: FilingDocument, edition: Edition) -> Iterator[Place]:
    """Every place that has no column, from the top of the table to its bottom."""
    yield from (Place("fields", key) for key in edition.field_keys)
    yield from (Place("amounts", line.key) for line in edition.lines)
    yield Place("duties")
    yield from (Place("duties", duty.key) for duty in document.duties)
    yield from (Place("goals", str(number)) for number in range(max(1, len(document.goals))))
    for first in edition.tree:
        yield Place("nodes", first.key)
        for second in first.children:
            yield Place("nodes", second.key)
            yield from (Place("indicators", row.key) for row in document.indicators if row.node == second.key)
    yield from (Place("indicators", row.key) for row in document.indicators if row.node is None)
