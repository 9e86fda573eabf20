"""Which cost indicators speak for which line of expenditure: as set by hand, or recognised by amounts and names.

Amounts decide first: rows that add up to a line exactly. Where they do not, names do. All amounts are in 万元.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from filings.choices import Side
from filings.document import money
from filings.document.edition import AmountLine
from filings.rules.finding import RuleContext
from filings.rules.money.budget import name_of
from filings.rules.money.recognition import (
    Search,
    amount_of,
    lasting_order,
    meets,
    recognise,
)
from filings.rules.money.spending import in_money
from filings.rules.rows import ParsedIndicator


@dataclass(frozen=True)
class FundedLine:
    """A line of expenditure and the cost rows that speak for it, in the order of the table.

    `value` is the line's amount and `sum` that of the rows, in 万元; `by_hand` are the keys of the rows that were
    set by hand; `whole` is a row that speaks for the total and so for every line.
    """

    line: AmountLine
    value: Decimal
    rows: tuple[ParsedIndicator, ...]
    by_hand: frozenset[str] = frozenset()
    whole: ParsedIndicator | None = None

    @property
    def sum(self) -> Decimal:
        return amount_of(self.rows)

    @property
    def holds(self) -> bool:
        """Whether the rows add up to the line."""
        return meets(self.sum, self.value)


def assign_costs(case: RuleContext) -> tuple[FundedLine, ...]:
    """Every line of expenditure with money, in printed order, with the cost rows that speak for it; no row twice."""
    lines = _lines(case)
    known = {line.key for line in case.edition.lines}
    by_hand = {row: line for row, line in case.known.links.money.items() if not line or line in known}
    search = Search(lines, [row for row in in_money(case.rows) if row.key not in by_hand])
    for line, _ in lines:
        search.assign(line, (row for row in case.rows if _is_set(row, by_hand.get(row.key), line)))
    whole = _whole(case, search, by_hand)
    search.free = sorted((row for row in search.free if row is not whole), key=lasting_order)
    recognise(search)
    return tuple(
        FundedLine(line, value, rows, frozenset(row.key for row in rows if row.key in by_hand), whole)
        for line, value in lines
        for rows in [tuple(sorted(search.rows.get(line.key, ()), key=lambda row: row.at))]
    )


def unassigned_rows(case: RuleContext, funded: Sequence[FundedLine]) -> tuple[ParsedIndicator, ...]:
    """The cost rows in money that speak for no line and were not set to speak for none or for another one."""
    taken = {row.key for item in funded for row in (*item.rows, *([item.whole] if item.whole else []))}
    return tuple(row for row in in_money(case.rows) if row.key not in taken | case.known.links.money.keys())


def in_words(funded: FundedLine) -> str:
    """基本支出 317.13 ← 保障财政供养人员 278.99 ＋ 保证单位正常运转 38.14 ✓"""
    head = f"{name_of(funded.line)} {money.figure(funded.value)} ← "
    if not funded.rows:
        return f"{head}随资金总额：{_named(funded.whole)}" if funded.whole else f"{head}无"
    told = head + " ＋ ".join(_named(row) for row in funded.rows)
    if funded.holds:
        return f"{told} ✓"
    return f"{told}，合计 {money.figure(funded.sum)}，差 {money.figure(abs(funded.value - funded.sum))}"


def _whole(case: RuleContext, search: Search, by_hand: dict[str, str]) -> ParsedIndicator | None:
    total = case.document.amount(case.edition.total.key, case.edition).value
    set_so = [row for row in case.rows if _is_set(row, by_hand.get(row.key), case.edition.total)]
    if set_so or not total or any(meets(value, total) for _, value in search.lines):
        return next(iter(set_so), None)
    return min((row for row in search.free if meets(amount_of([row]), total)), key=lasting_order, default=None)


def _lines(case: RuleContext) -> tuple[tuple[AmountLine, Decimal], ...]:
    lines = [line for split in case.edition.splits if split.side is Side.EXPENDITURE for line in split.lines]
    read = ((line, case.document.amount(line.key, case.edition).value) for line in lines)
    return tuple((line, value) for line, value in read if value)


def _is_set(row: ParsedIndicator, to: str | None, line: AmountLine) -> bool:
    return to == line.key and row.is_cost and row.amount is not None


def _named(row: ParsedIndicator) -> str:
    return f"{row.name or '（未写名称）'} {money.figure(amount_of([row]))}"
