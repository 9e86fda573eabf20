"""Run the rules of the catalogue on a document and sort their findings into the order of the table."""

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
    KnownFacts,
    NotApplicable,
    RuleAnswer,
    RuleContext,
    RuleCrash,
    RuleFinding,
    Undetermined,
    Violation,
)
from filings.rules.rule import Rule

_MILDEST_FIRST = (Severity.ADVICE, Severity.WARNING, Severity.ERROR)


@dataclass(frozen=True)
class RuleResults:
    """Results of all rules. `failures` are the rules that raised an exception, which is a bug in the program."""

    findings: tuple[RuleFinding, ...]
    context: RuleContext
    failures: tuple[tuple[Rule, RuleCrash], ...] = ()


def check(document: FilingDocument, edition: Edition, known: KnownFacts | None = None) -> tuple[RuleFinding, ...]:
    """Return all findings, in the order of the table, then by code. Rules that the edition does not list are off."""
    return run(document, edition, known).findings


def run(document: FilingDocument, edition: Edition, known: KnownFacts | None = None) -> RuleResults:
    """Run all rules; return the findings and the rules that failed."""
    context = build_context(document, edition, known)
    rule_answers = _answers(context)
    findings = [
        _finding(rule, violation, edition)
        for rule, answer in rule_answers
        if not isinstance(answer, NotApplicable | Undetermined | RuleCrash)
        for violation in answer
    ]
    failures = tuple((rule, answer) for rule, answer in rule_answers if isinstance(answer, RuleCrash))
    return RuleResults(_in_order(findings, document, edition), context, failures)


def answers(
    document: FilingDocument, edition: Edition, known: KnownFacts | None = None
) -> tuple[tuple[Rule, RuleAnswer | RuleCrash], ...]:
    """Return the answer of each enabled rule, including those that do not apply or are undetermined."""
    return _answers(build_context(document, edition, known))


def count_enabled(edition: Edition) -> int:
    """Count the rules that an edition uses."""
    return sum(edition.rules.get(rule.code, "off") != "off" for rule in CATALOGUE)


def build_context(document: FilingDocument, edition: Edition, known: KnownFacts | None = None) -> RuleContext:
    """Build the context of the rules, with the edition's limits."""
    limits = {key: Decimal(limit) for rule in CATALOGUE for key, limit in rule.limits_in(edition).items()}
    return RuleContext(document, edition, known or KnownFacts(), limits)


def _answers(context: RuleContext) -> tuple[tuple[Rule, RuleAnswer | RuleCrash], ...]:
    severities = context.edition.rules
    return tuple((rule, _ask(rule, context)) for rule in CATALOGUE if severities.get(rule.code, "off") != "off")


def _ask(rule: Rule, context: RuleContext) -> RuleAnswer | RuleCrash:
    try:
        return rule.answer(context)
    # A rule that raises is a bug: the officer continues without that rule, and managers are notified.
    except Exception as error:
        return RuleCrash("".join(format_exception(error))[-2000:])


def _in_order(findings: list[RuleFinding], document: FilingDocument, edition: Edition) -> tuple[RuleFinding, ...]:
    rows = {row: index for index, row in enumerate(_rows(document, edition))}
    columns = ("", *(column.key for column in edition.columns))

    def order(finding: RuleFinding) -> tuple[int, int, str]:
        first = finding.places[0]
        column = columns.index(first.column) if first.column in columns else 0
        return rows.get(Place(first.section, first.key), len(rows)), column, finding.code

    # A rule may report equal findings, for example for two equal rows of last year: only one of them is kept.
    unique = {(finding.code, finding.places, finding.message): finding for finding in findings}
    return tuple(sorted(unique.values(), key=order))


def _finding(rule: Rule, violation: Violation, edition: Edition) -> RuleFinding:
    severity = min(Severity(edition.rules[rule.code]), violation.max_severity, key=_MILDEST_FIRST.index)
    asks = rule.code in edition.explained and severity is Severity.WARNING
    return RuleFinding(
        rule.code,
        severity,
        violation.places,
        violation.facts,
        violation.numbers,
        rule.criterion,
        rule.basis,
        asks,
        violation.quick_fix,
        violation.advice,
        violation.to_fill,
        violation.is_premature,
    )


def _rows(document: FilingDocument, edition: Edition) -> Iterator[Place]:
    """Yield the places without a column from top to bottom of the table."""
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
