"""Runs the catalogue's rules over a document, and puts their findings into the order of the table."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from traceback import format_exception

from filings.choices import Severity
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.rules.catalogue import CATALOGUE
from filings.rules.finding import (
    Answer,
    Failed,
    KnownFacts,
    NotApplicable,
    RuleContext,
    RuleFinding,
    Undetermined,
    Violation,
)
from filings.rules.rule import Rule

_MILDEST_FIRST = (Severity.ADVICE, Severity.WARNING, Severity.ERROR)


@dataclass(frozen=True)
class RuleResults:
    """What came of all rules. `failed` are the rules that broke, with the error: no fault of the table."""

    findings: tuple[RuleFinding, ...]
    case: RuleContext
    failed: tuple[tuple[Rule, Failed], ...] = ()


def check(document: FilingDocument, edition: Edition, known: KnownFacts | None = None) -> tuple[RuleFinding, ...]:
    """All findings, in the order of the table and then by code. A rule that the edition does not name is off."""
    return run(document, edition, known).findings


def run(document: FilingDocument, edition: Edition, known: KnownFacts | None = None) -> RuleResults:
    """All findings, and the rules that broke on the way."""
    case = build_context(document, edition, known)
    answered = _answers(case)
    found = [
        _finding(rule, fault, edition)
        for rule, answer in answered
        if not isinstance(answer, NotApplicable | Undetermined | Failed)
        for fault in answer
    ]
    failed = tuple((rule, answer) for rule, answer in answered if isinstance(answer, Failed))
    return RuleResults(_in_order(found, document, edition), case, failed)


def answers(
    document: FilingDocument, edition: Edition, known: KnownFacts | None = None
) -> tuple[tuple[Rule, Answer | Failed], ...]:
    """What each rule that the edition has switched on answers, also where it does not apply or cannot tell."""
    return _answers(build_context(document, edition, known))


def build_context(document: FilingDocument, edition: Edition, known: KnownFacts | None = None) -> RuleContext:
    """What the rules look at, with the numbers that the edition gives them."""
    limits = {rule.code: Decimal(rule.limit_in(edition)) for rule in CATALOGUE if rule.limit}
    return RuleContext(document, edition, known or KnownFacts(), limits)


def _answers(case: RuleContext) -> tuple[tuple[Rule, Answer | Failed], ...]:
    severities = case.edition.rules
    return tuple((rule, _ask(rule, case)) for rule in CATALOGUE if severities.get(rule.code, "off") != "off")


def _ask(rule: Rule, case: RuleContext) -> Answer | Failed:
    try:
        return rule.answer(case)
    # Whatever breaks inside a rule is the program's fault: an officer goes on without that rule, a manager is told.
    except Exception as error:
        return Failed("".join(format_exception(error))[-2000:])


def _in_order(found: list[RuleFinding], document: FilingDocument, edition: Edition) -> tuple[RuleFinding, ...]:
    rows = {row: at for at, row in enumerate(_rows(document, edition))}
    columns = ("", *(column.key for column in edition.columns))

    def order(finding: RuleFinding) -> tuple[int, int, str]:
        first = finding.places[0]
        column = columns.index(first.column) if first.column in columns else 0
        return rows.get(Place(first.section, first.key), len(rows)), column, finding.code

    # What a rule says twice of the same places in the same words, of two rows of last year's say, is one finding.
    once = {(finding.code, finding.places, finding.message): finding for finding in found}
    return tuple(sorted(once.values(), key=order))


def _finding(rule: Rule, fault: Violation, edition: Edition) -> RuleFinding:
    severity = min(Severity(edition.rules[rule.code]), fault.at_most, key=_MILDEST_FIRST.index)
    asks = rule.code in edition.explained and severity is Severity.WARNING
    return RuleFinding(
        rule.code,
        severity,
        fault.places,
        fault.message,
        fault.numbers,
        rule.criterion,
        rule.basis,
        asks,
        fault.mend,
    )


def _rows(document: FilingDocument, edition: Edition) -> Iterator[Place]:
    """Every place that has no column, from the top of the table to its bottom."""
    yield from (Place("fields", key) for key in edition.field_keys)
    yield from (Place("amounts", line.key) for line in edition.lines)
    yield from (Place("tasks", task.key) for task in document.tasks)
    yield Place("duties")
    yield from (Place("duties", duty.key) for duty in document.duties)
    yield from (Place("goals", str(number)) for number in range(max(1, len(document.goals))))
    by_node: dict[str | None, list[Place]] = {}
    for row in document.indicators:
        by_node.setdefault(row.node, []).append(Place("indicators", row.key))
    for first in edition.tree:
        yield Place("nodes", first.key)
        for second in first.children:
            yield Place("nodes", second.key)
            yield from by_node.get(second.key, ())
    yield from by_node.get(None, ())
