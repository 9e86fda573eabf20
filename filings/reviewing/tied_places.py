"""Places that rules tie to remarked rows: a correction there often needs a change here. Imports no Django."""

from collections.abc import Iterable, Iterator

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place, amount, indicator, row_of, task
from filings.rules.finding import RuleContext, RuleFinding
from filings.rules.money.funding import assign_costs

WEIGHT = "weight"


def tied_places(remarked: Iterable[Place], context: RuleContext, findings: Iterable[RuleFinding]) -> frozenset[Place]:
    """Return the remarked rows and what is tied to them.

    Ties: the other places of a finding at a remarked row; all amounts that are added up or compared with a remarked
    amount or task, and the cost indicators compared with them; a remarked cost indicator and its amount; the weights
    of all indicators, whose sum is fixed.
    """
    rows = frozenset(row_of(place) for place in remarked)
    with_amounts = rows.union(_of_amounts(rows, context))
    return with_amounts.union(
        _of_findings(rows, findings),
        _of_costs(with_amounts, context),
        _weights(rows, context.document, context.edition),
    )


def _of_findings(rows: frozenset[Place], findings: Iterable[RuleFinding]) -> Iterator[Place]:
    """Yield the rows of findings at remarked rows; a finding about a whole section reopens no section."""
    for finding in findings:
        places = {row_of(place) for place in finding.places}
        if not rows.isdisjoint(places):
            yield from (place for place in places if place.key)


def _of_amounts(rows: frozenset[Place], context: RuleContext) -> Iterator[Place]:
    """Yield all amounts that are added up, those of tasks included: a change of one asks for a change of others."""
    total = amount(context.edition.total.key)
    lines = {total, *(amount(line.key) for split in context.edition.splits for line in split.lines)}
    tasks = {task(row.key) for row in context.document.tasks}
    if not rows.isdisjoint(lines | tasks | {Place("amounts"), Place("tasks")}):
        yield from lines
        yield from (task(place.key, "amount") for place in tasks)


def _of_costs(rows: frozenset[Place], context: RuleContext) -> Iterator[Place]:
    for funded in assign_costs(context):
        costs = {indicator(row.key) for row in funded.rows}
        if not rows.isdisjoint(costs | {amount(funded.line.key)}):
            yield amount(funded.line.key)
            yield from costs


def _weights(rows: frozenset[Place], document: FilingDocument, edition: Edition) -> Iterator[Place]:
    has_weights = any(column.key == WEIGHT for column in edition.further_columns)
    if has_weights and any(place.section in ("indicators", "nodes") for place in rows):
        yield from (indicator(row.key, WEIGHT) for row in document.indicators)
