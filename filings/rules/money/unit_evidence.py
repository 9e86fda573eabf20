"""Evidence that the amounts of a whole table are in 元 or 亿元 though its form is in 万元. All amounts are in 万元.

One slip against the other amounts is left to `unit_mistakes`: here all amounts agree with each other, and other facts
show that they cannot be right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from filings.choices import Side
from filings.document import money
from filings.document.edition import AmountLine
from filings.rules.finding import RuleContext, quote
from filings.rules.money.budget import TOLERANCE, name_of
from filings.rules.money.spending import SpendingKind, kind_of_line, money_costs, total_cost

TIMES = Decimal(10000)
# The largest total of a department, and from where on it has decimals, both in 亿元; the largest basic expenditure per
# head in 万元. An edition can set others.
LARGEST, ROUND, HEAD = Decimal(100), Decimal(20), Decimal(200)
# Less than this per head, in 万元, pays no one; a total below 1 万元 is not one of a department with staff.
_LEAST_HEAD, _LEAST_TOTAL = Decimal("0.1"), Decimal(1)
_MULTIPLE = Decimal(1000)
_MOST_REASONS = 3
_STAFF = re.compile(r"财政供养|在编(?:在职)?(?:人员|职工|干部|人数)|编制(?:人)?数|职工人数|在职人(?:员)?数")
_OTHERS = re.compile(r"培训|招聘|引进|新增|退休|遗属")


@dataclass(frozen=True)
class Evidence:
    """Reasons to believe that amounts are in another unit.

    `is_certain` if they suffice as proof. Circumstances do not, however many: a correct table of a department that pays
    out benefits has a large round total and much basic expenditure per head.
    """

    reasons: tuple[str, ...] = ()
    is_certain: bool = False


def evidence_of_yuan(context: RuleContext, total: Decimal) -> Evidence:
    """Collect the evidence that 元 were entered as 万元: the three strongest reasons."""
    certain = [*_above_every_department(context, total), *_times_the_control_figure(context, total)]
    further = [
        *_per_head(context, most=context.limits.get("B9.head", HEAD)),
        *_times_the_costs(context, total),
        *_times_last_year(context, total),
        *_nothing_but_round_amounts(context, total),
    ]
    reasons = (*certain, *further)
    return Evidence(reasons[:_MOST_REASONS], bool(certain))


def evidence_of_yi(context: RuleContext, total: Decimal) -> Evidence:
    """Collect the evidence that 亿元 were entered as 万元: a department with staff has more than 1 万元."""
    if total >= _LEAST_TOTAL:
        return Evidence()
    control, before = context.known.control, _last_total(context)
    reasons = []
    if control and abs(total * TIMES - control) <= TOLERANCE:
        reasons.append(f"恰好是预算控制数 {money.with_unit(control)}的一万分之一")
    if before and before >= _MULTIPLE * total:
        reasons.append(f"上年批复的是 {money.with_unit(before)}")
    reasons += _per_head(context, least=_LEAST_HEAD)
    return Evidence(tuple(reasons))


def _above_every_department(context: RuleContext, total: Decimal) -> Iterator[str]:
    limit = context.limits.get("B9", LARGEST)
    if total > limit * money.WAN_IN_YI:
        yield f"超过一个县级部门可能达到的 {money.plain(limit)} 亿元"


def _times_the_control_figure(context: RuleContext, total: Decimal) -> Iterator[str]:
    control = context.known.control
    if not control:
        return
    if abs(total / TIMES - control) <= TOLERANCE:
        yield f"恰好是预算控制数 {money.with_unit(control)}的一万倍"
    elif total >= _MULTIPLE * control:
        yield f"是预算控制数 {money.with_unit(control)}的 {total / control:,.0f} 倍"


def _per_head(context: RuleContext, *, most: Decimal | None = None, least: Decimal | None = None) -> Iterator[str]:
    """Yield a reason if the basic expenditure per head is above `most` or below `least`."""
    heads = max((row.number for row in context.rows if _counts_staff(row.name, row.unit) and row.number), default=None)
    basic = [(line, value) for line, value in _filled_lines(context) if kind_of_line(line) is SpendingKind.BASIC]
    if heads is None or len(basic) != 1:
        return
    [(line, value)] = basic
    each = value / heads
    if (most is not None and each > most) or (least is not None and each < least):
        shown = money.with_unit(each.quantize(Decimal("0.0001") if each < 1 else Decimal("0.01")))
        yield f"{name_of(line)}按 {money.plain(heads)} 人计，人均 {shown}"


def _counts_staff(name: str, unit: str) -> bool:
    return unit in ("人", "名") and bool(_STAFF.search(name)) and not _OTHERS.search(name)


def _times_the_costs(context: RuleContext, total: Decimal) -> Iterator[str]:
    """Yield a reason if a line is exactly 10,000 times a cost indicator, or all of them, and these fit in the total."""
    rows = money_costs(context.rows)
    spent = total_cost(rows, None)
    if spent > total / TIMES + TOLERANCE:
        return
    costs = [("成本指标合计 ", spent), *((f"成本指标{quote(row.name)}", row.amount) for row in rows)]
    for line, value in _filled_lines(context):
        for name, cost in costs:
            if cost and cost >= 1 and abs(value / TIMES - cost) <= TOLERANCE:
                yield f"{name_of(line)}恰好是{name}{money.with_unit(cost)}的一万倍"
                return


def _times_last_year(context: RuleContext, total: Decimal) -> Iterator[str]:
    before = _last_total(context)
    if before and total >= _MULTIPLE * before:
        yield f"是上年批复的 {money.with_unit(before)}的 {total / before:,.0f} 倍"


def _nothing_but_round_amounts(context: RuleContext, total: Decimal) -> Iterator[str]:
    limit, largest = context.limits.get("B9.round", ROUND), context.limits.get("B9", LARGEST)
    values = [value for _, value in _filled_lines(context)]
    is_round = all(value >= TIMES and value == value.to_integral_value() for value in values)
    if limit * money.WAN_IN_YI <= total <= largest * money.WAN_IN_YI and len(values) > 1 and is_round:
        yield f"达到 {money.plain(limit)} 亿元，各行均为一万以上的整数"


def _filled_lines(context: RuleContext) -> list[tuple[AmountLine, Decimal]]:
    """List the lines with an amount: expenditure, income, then the total."""
    splits = sorted(context.edition.splits, key=lambda split: split.side is not Side.EXPENDITURE)
    lines = [*(line for split in splits for line in split.lines), context.edition.total]
    amounts = ((line, context.document.amount(line.key, context.edition).value) for line in lines)
    return [(line, value) for line, value in amounts if value]


def _last_total(context: RuleContext) -> Decimal | None:
    last_year = context.known.last_year
    return last_year.document.amount(last_year.edition.total.key, last_year.edition).value if last_year else None
