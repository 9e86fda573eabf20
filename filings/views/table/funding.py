"""Links between money, duties and indicators: 资金与指标对应 above the indicators, 职责覆盖 in the side panel."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from filings.choices import Side
from filings.document import money
from filings.document.numerals import split_numeral
from filings.document.place import Place, duty
from filings.document.text import shorten
from filings.rules.finding import RuleContext
from filings.rules.money.budget import name_of
from filings.rules.money.funding import FundedLine, assign_costs, unassigned_rows
from filings.rules.rows import ParsedIndicator
from filings.rules.texts.coverage import DutyCoverage, cover_duties, covered_count
from filings.table.grid import Cell, Grid, Row, Style

# The place of the row above the indicators on a page; it is never printed.
FUNDING = Place("links")
_LONGEST_DUTY = 24

Href = Callable[[Place], str]


@dataclass(frozen=True)
class LinkedRow:
    """An indicator in a list, with the address of its name. `amount` is in 万元."""

    href: str
    name: str
    amount: str


@dataclass(frozen=True)
class FundingLine:
    """A line of 资金与指标对应: text, rows, text. `state` is holds, gap, none or free (rows without a line)."""

    state: str
    head: str
    rows: Sequence[LinkedRow] = ()
    tail: str = ""


@dataclass(frozen=True)
class ListedDuty:
    """A duty by its numeral and first words, with its rows. `state` is served, none or formal."""

    words: str
    href: str
    rows: Sequence[LinkedRow]
    state: str


@dataclass(frozen=True)
class Coverage:
    """职责覆盖: all duties; `count` of the `all` duties that need indicators have some."""

    duties: Sequence[ListedDuty]
    count: int
    all: int


def with_funding_row(grid: Grid) -> Grid:
    """Insert the row of 资金与指标对应 above the indicators."""
    row = Row((Cell("", columns=len(grid.widths), style=Style.FIELD, place=FUNDING),), "funding")
    index = next((index for index, row in enumerate(grid.rows) if row.section == "indicators"), len(grid.rows))
    return replace(grid, rows=(*grid.rows[:index], row, *grid.rows[index:]))


def funding_html(context: RuleContext, href: Href) -> SafeString:
    """Write 资金与指标对应: a line for each line of expenditure, and one for cost indicators without a line.

    Editions without expenditure have no lines.
    """
    has_expenditure = any(split.side is Side.EXPENDITURE for split in context.edition.splits)
    lines = _lines(context, href) if has_expenditure else []
    return render_to_string("filings/table/_funding.html", {"has_expenditure": has_expenditure, "lines": lines})


def coverage_of(context: RuleContext, href: Href) -> Coverage:
    """List the indicators of each duty."""
    duties = cover_duties(context)
    count, all_ = covered_count(duties)
    return Coverage([_listed(item, href) for item in duties], count, all_)


def _lines(context: RuleContext, href: Href) -> list[FundingLine]:
    funded = assign_costs(context)
    lines = [_line(item, href) for item in funded]
    if free := unassigned_rows(context, funded):
        lines.append(FundingLine("free", "未对应资金的成本指标：", _linked(free, href)))
    return lines


def _line(item: FundedLine, href: Href) -> FundingLine:
    amount = f"{name_of(item.line)} {money.figure(item.value)}"
    head = f"{amount} ← "
    if not item.rows and item.total_row:
        return FundingLine("holds", f"{head}随资金总额：", _linked([item.total_row], href))
    if not item.rows:
        return FundingLine("none", f"{amount} 尚无对应指标")
    rows = _linked(item.rows, href)
    if item.holds:
        return FundingLine("holds", head, rows, " ✓")
    gap = money.figure(abs(item.value - item.sum))
    return FundingLine("gap", head, rows, f"，合计 {money.figure(item.sum)}，差 {gap}")


def _linked(rows: Iterable[ParsedIndicator], href: Href) -> list[LinkedRow]:
    return [
        LinkedRow(href(row.name_place), row.name or "（未写名称）", money.figure(row.amount or money.from_fen(0)))
        for row in rows
    ]


def _listed(item: DutyCoverage, href: Href) -> ListedDuty:
    numeral, words = split_numeral(item.duty.text)
    state = "formal" if item.is_formal else "served" if item.rows else "none"
    return ListedDuty(
        f"{numeral}{shorten(words, _LONGEST_DUTY)}", href(duty(item.duty.key)), _linked(item.rows, href), state
    )
