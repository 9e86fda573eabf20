"""Places that rules tie to remarked rows: a correction there often needs a change here. Imports no Django."""

from collections.abc import Iterable, Iterator

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place, amount, indicator, row_of
from filings.rules.finding import RuleContext, RuleFinding
from filings.rules.money.funding import assign_costs

WEIGHT = "weight"


def tied_places(remarked: Iterable[Place], context: RuleContext, findings: Iterable[RuleFinding]) -> frozenset[Place]:
    """Return the remarked rows and what is tied to them.

    Ties: the other places of a finding at a remarked row; an amount and the lines that it is added up with; a cost
    indicator and the amount that it is compared with; the weights of all indicators, whose sum is fixed.
    """
    rows = frozenset(row_of(place) for place in remarked)
    return rows.union(
        _of_findings(rows, findings),
        _of_amounts(rows, context.edition),
        _of_costs(rows, context),
        _weights(rows, context.document, context.edition),
    )


def _of_findings(rows: frozenset[Place], findings: Iterable[RuleFinding]) -> Iterator[Place]:
    """Yield the rows of findings at remarked rows; a finding about a whole section reopens no section."""
    for finding in findings:
        places = {row_of(place) for place in finding.places}
        if not rows.isdisjoint(places):
            yield from (place for place in places if place.key)


def _of_amounts(rows: frozenset[Place], edition: Edition) -> Iterator[Place]:
    """Yield the total and the lines of a remarked line's split; of a remarked total the lines of all splits."""
    for split in edition.splits:
        lines = {amount(line.key) for line in split.lines}
        if amount(edition.total.key) in rows or not rows.isdisjoint(lines):
            yield amount(edition.total.key)
            yield from lines


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
