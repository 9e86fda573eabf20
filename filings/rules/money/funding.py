"""Assignment of cost indicators to expenditure lines, by manual links or by amounts and names.

Rows that add up to a line exactly are assigned first; then names decide. All amounts are in 万元.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from filings.choices import Side
from filings.document.edition import AmountLine
from filings.rules.finding import RuleContext
from filings.rules.money.recognition import (
    RowAssignment,
    amount_of,
    assign_free_rows,
    meets,
    stable_order,
)
from filings.rules.money.spending import money_costs
from filings.rules.rows import ParsedIndicator


@dataclass(frozen=True)
class FundedLine:
    """An expenditure line with the cost rows assigned to it, in the order of the table.

    `value` is the line's amount and `sum` that of the rows, in 万元. `by_hand` are the keys of manually linked rows.
    `total_row` is a row that covers the total and so every line.
    """

    line: AmountLine
    value: Decimal
    rows: tuple[ParsedIndicator, ...]
    by_hand: frozenset[str] = frozenset()
    total_row: ParsedIndicator | None = None

    @property
    def sum(self) -> Decimal:
        return amount_of(self.rows)

    @property
    def holds(self) -> bool:
        """Whether the rows add up to the line."""
        return meets(self.sum, self.value)


def assign_costs(context: RuleContext) -> tuple[FundedLine, ...]:
    """Assign cost rows to the expenditure lines with an amount, in printed order; each row to one line at most."""
    lines = _lines(context)
    known = {line.key for line in context.edition.lines}
    by_hand = {row: line for row, line in context.known.links.money.items() if not line or line in known}
    assignment = RowAssignment(lines, [row for row in money_costs(context.rows) if row.key not in by_hand])
    for line, _ in lines:
        assignment.assign(line, (row for row in context.rows if _is_linked(row, by_hand.get(row.key), line)))
    total_row = _total_row(context, assignment, by_hand)
    assignment.free = sorted((row for row in assignment.free if row is not total_row), key=stable_order)
    assign_free_rows(assignment)
    return tuple(
        FundedLine(line, value, rows, frozenset(row.key for row in rows if row.key in by_hand), total_row)
        for line, value in lines
        for rows in [tuple(sorted(assignment.rows.get(line.key, ()), key=lambda row: row.position))]
    )


def unassigned_rows(context: RuleContext, funded: Sequence[FundedLine]) -> tuple[ParsedIndicator, ...]:
    """Return the cost rows with an amount that are neither assigned nor linked manually."""
    taken = {row.key for item in funded for row in (*item.rows, *([item.total_row] if item.total_row else []))}
    return tuple(row for row in money_costs(context.rows) if row.key not in taken | context.known.links.money.keys())


def _total_row(context: RuleContext, assignment: RowAssignment, by_hand: dict[str, str]) -> ParsedIndicator | None:
    total = context.document.amount(context.edition.total.key, context.edition).value
    linked = [row for row in context.rows if _is_linked(row, by_hand.get(row.key), context.edition.total)]
    if linked or not total or any(meets(value, total) for _, value in assignment.lines):
        return next(iter(linked), None)
    return min((row for row in assignment.free if meets(amount_of([row]), total)), key=stable_order, default=None)


def _lines(context: RuleContext) -> tuple[tuple[AmountLine, Decimal], ...]:
    lines = [line for split in context.edition.splits if split.side is Side.EXPENDITURE for line in split.lines]
    amounts = ((line, context.document.amount(line.key, context.edition).value) for line in lines)
    return tuple((line, value) for line, value in amounts if value)


def _is_linked(row: ParsedIndicator, linked_line: str | None, line: AmountLine) -> bool:
    return linked_line == line.key and row.is_cost and row.amount is not None
