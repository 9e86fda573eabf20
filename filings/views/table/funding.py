"""钱对指标 over the tree, and 职责覆盖 beside it: which rows speak for which line of money, and for which duty."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from filings.choices import Side
from filings.document import money
from filings.document.numerals import split_numeral
from filings.document.place import Place, duty
from filings.rules.finding import RuleContext
from filings.rules.money.budget import name_of
from filings.rules.money.funding import FundedLine, assign_costs, unassigned_rows
from filings.rules.rows import ParsedIndicator
from filings.rules.texts.coverage import DutyCoverage, cover_duties, covered_count
from filings.table.grid import Cell, Grid, Row, Style

# Where the strip stands in a grid that is shown; it is never printed.
STRIP = Place("links")
_LONGEST_DUTY = 24

Href = Callable[[Place], str]


def with_strip(grid: Grid) -> Grid:
    """The grid with a row for the strip over its indicators."""
    row = Row((Cell("", columns=len(grid.widths), style=Style.FIELD, place=STRIP),), "funding")
    at = next((at for at, row in enumerate(grid.rows) if row.section == "indicators"), len(grid.rows))
    return replace(grid, rows=(*grid.rows[:at], row, *grid.rows[at:]))


def strip_html(case: RuleContext, href: Href) -> SafeString:
    """A line for each line of expenditure, and one for cost rows that speak for none; on a form without expenditure
    there is nothing that they could speak for."""
    if not any(split.side is Side.EXPENDITURE for split in case.edition.splits):
        return format_html("<p>{}</p>", "每条职责由哪些指标说明，见「职责覆盖」。")
    funded = assign_costs(case)
    lines = [_line(item, href) for item in funded]
    if free := unassigned_rows(case, funded):
        lines.append(format_html('<li class="free">{} {}</li>', "没有对应到资金的成本指标：", _rows(free, href)))
    if not lines:
        return format_html("<p>{}</p>", "填写支出以后，这里显示每项资金由哪些成本指标说明。")
    return format_html("<b>{}</b><ul>{}</ul>", "钱对指标", format_html_join("", "{}", ((line,) for line in lines)))


@dataclass(frozen=True)
class Covered:
    """A duty as it is listed: its numeral and first words, where it stands, the rows that serve it."""

    words: str
    href: str
    rows: SafeString
    state: str


@dataclass(frozen=True)
class Coverage:
    """职责覆盖: all duties, and how many of those that count are served."""

    duties: Sequence[Covered]
    count: int
    all: int


def coverage_of(case: RuleContext, href: Href) -> Coverage:
    """What speaks for each duty, as it is listed."""
    found = cover_duties(case)
    count, all_ = covered_count(found)
    return Coverage([_covered(item, href) for item in found], count, all_)


def _line(item: FundedLine, href: Href) -> SafeString:
    head = format_html("{} {} ← ", name_of(item.line), money.figure(item.value))
    if not item.rows:
        said = format_html("{}{}", "随资金总额：", _rows([item.total_row], href)) if item.total_row else "无"
        return format_html('<li class="{}">{}{}</li>', "holds" if item.total_row else "none", head, said)
    if item.holds:
        return format_html('<li class="holds">{}{} ✓</li>', head, _rows(item.rows, href))
    gap = {"sum": money.figure(item.sum), "gap": money.figure(abs(item.value - item.sum))}
    words = "，合计 {sum}，差 {gap}".format(**gap)
    return format_html('<li class="gap">{}{}{}</li>', head, _rows(item.rows, href), words)


def _rows(rows: Iterable[ParsedIndicator], href: Href) -> SafeString:
    named = (
        (href(row.name_place), row.name or "（未写名称）", money.figure(row.amount or money.from_fen(0)))
        for row in rows
    )
    return format_html_join(" ＋ ", '<a href="{}">{}</a> {}', named)


def _covered(item: DutyCoverage, href: Href) -> Covered:
    numeral, words = split_numeral(item.duty.text)
    short = words if len(words) <= _LONGEST_DUTY else f"{words[:_LONGEST_DUTY]}…"
    names = ((href(row.name_place), row.name or "（未写名称）") for row in item.rows)
    state = "formal" if item.is_formal else "served" if item.rows else "none"
    return Covered(
        f"{numeral}{short}", href(duty(item.duty.key)), format_html_join("、", '<a href="{}">{}</a>', names), state
    )
