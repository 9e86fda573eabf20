"""Rules B1–B3 of the budget block, and the sums that the fill-in page shares with them. All sums are in 万元."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from filings.choices import Side
from filings.document import money, place
from filings.document.content import TaskRow
from filings.document.edition import AmountLine, Edition, Split
from filings.document.money import Amount, AmountProblem
from filings.document.text import bare
from filings.rules.finding import NOT_APPLICABLE, QuickFix, RuleAnswer, RuleContext, Undetermined, Violation, quote

TOLERANCE = Decimal("0.005")
# A blank line is not filled in if it would be this many times the sum of the others: the total is in another unit.
_MAX_RATIO = 1000


@dataclass(frozen=True)
class SplitSum:
    """A split of the total, added up.

    `parts` are the lines with a valid amount; a blank line or total counts as 0. `gap` is the sum less the total
    (negative if the lines fall short), or None if the total or a line is invalid; `unreadable` are the invalid lines.
    """

    split: Split
    total: Decimal
    parts: tuple[tuple[AmountLine, Decimal], ...]
    sum: Decimal
    gap: Decimal | None
    unreadable: tuple[AmountLine, ...]

    @property
    def holds(self) -> bool:
        return self.gap is not None and abs(self.gap) <= TOLERANCE


def split_sums(amounts: Mapping[str, str], edition: Edition) -> tuple[SplitSum, ...]:
    """Add up each split, from the amounts by budget line, as typed or in normal form."""
    parsed = {line.key: money.parse(amounts.get(line.key, ""), edition.unit) for line in edition.lines}
    return tuple(_add_up(split, parsed, edition.total) for split in edition.splits)


@dataclass(frozen=True)
class TaskSum:
    """The amounts of the tasks, added up.

    `parts` are the valid amounts; a blank one counts as 0. `gap` is the sum less the total, None if the total or an
    amount is invalid.
    """

    parts: tuple[Decimal, ...]
    sum: Decimal
    gap: Decimal | None
    is_readable: bool

    @property
    def holds(self) -> bool:
        return self.gap is not None and abs(self.gap) <= TOLERANCE


def add_up_tasks(tasks: Iterable[TaskRow], amounts: Mapping[str, str], edition: Edition) -> TaskSum:
    """Add up the tasks and compare them with the total, from texts as typed or in normal form."""
    task_amounts = [money.parse(task.cells.get("amount", ""), edition.unit) for task in tasks]
    total = money.parse(amounts.get(edition.total.key, ""), edition.unit)
    parts = tuple(amount.value for amount in task_amounts if amount.value is not None)
    whole = sum(parts, Decimal(0))
    is_readable = not any(amount.problem for amount in task_amounts)
    gap = whole - (total.value or Decimal(0)) if is_readable and not total.problem else None
    return TaskSum(parts, whole, gap, is_readable)


def describe_gap(added: SplitSum) -> tuple[str, str]:
    """Describe the gap of a split, and what to do; blank if there is no gap or it is unknown."""
    if added.gap is None or added.holds:
        return "", ""
    heading, total = name_of(added.split), money.figure(added.total)
    if not added.parts:
        return f"{heading}的各行均未填写，资金总额是 {total} 万元。", f"请填写{heading}的各行。"
    direction = "少" if added.gap < 0 else "多"
    missed = f"比资金总额 {total} {direction} {money.with_unit(abs(added.gap))}。"
    parts = " ＋ ".join(f"{name_of(line)} {money.figure(value)}" for line, value in added.parts)
    whole = f" ＝ {money.figure(added.sum)}" if len(added.parts) > 1 else ""
    return f"{parts}{whole}，{missed}", f"请核对{heading}的各行或资金总额。"


def name_of(labelled: AmountLine | Split) -> str:
    """Return a printed label for use in a sentence, without line breaks and colon."""
    return bare(labelled.label).rstrip("：:")


def income_lines_add_up_to_total(context: RuleContext) -> RuleAnswer:
    """Check B1: the income lines add up to the total. A blank total is also reported by this rule."""
    if not context.document.amounts.get(context.edition.total.key):
        return [_total_is_blank(context)]
    return _lines_add_up(context, Side.INCOME)


def expenditure_lines_add_up_to_total(context: RuleContext) -> RuleAnswer:
    """Check B2: the expenditure lines add up to the total."""
    return _lines_add_up(context, Side.EXPENDITURE)


def amounts_can_be_read(context: RuleContext) -> RuleAnswer:
    """Check B3: amounts are valid.

    Decimals are counted in the unit as written, so that an amount in 元 on a form in 万元 may have two.
    """
    return [violation for line in context.edition.lines if (violation := _unreadable_amount(line, context))]


def _add_up(split: Split, parsed: Mapping[str, Amount], total_line: AmountLine) -> SplitSum:
    parts = [(line, value) for line in split.lines if (value := parsed[line.key].value) is not None]
    unreadable = tuple(line for line in (total_line, *split.lines) if parsed[line.key].problem)
    total = parsed[total_line.key].value or Decimal(0)
    whole = sum((value for _, value in parts), Decimal(0))
    return SplitSum(split, total, tuple(parts), whole, None if unreadable else whole - total, unreadable)


def _lines_add_up(context: RuleContext, side: Side) -> RuleAnswer:
    added = next(
        (item for item in split_sums(context.document.amounts, context.edition) if item.split.side is side), None
    )
    if added is None or not context.document.amounts.get(context.edition.total.key):
        return NOT_APPLICABLE
    if added.gap is None:
        names = "、".join(name_of(line) for line in added.unreadable)
        return Undetermined(f"{names}无法识别金额，暂时无法核对{name_of(added.split)}的合计。")
    if added.holds:
        return []
    places = (place.amount(context.edition.total.key), *(place.amount(line.key) for line, _ in added.parts))
    numbers = {"sum": added.sum, "total": added.total, "gap": added.gap}
    facts, advice = describe_gap(added)
    quick_fix = _quick_fix(added, context.edition)
    return [Violation(places, facts, numbers, quick_fix=quick_fix, advice=advice, to_fill=_to_fill(added))]


def is_open(added: SplitSum) -> bool:
    """Whether the lines of a split fall short of the total and some of them are still blank."""
    return added.gap is not None and added.gap < 0 and len(added.parts) < len(added.split.lines)


def _to_fill(added: SplitSum) -> str:
    """Name what the blank lines of a split lack; '' unless it is open."""
    if added.gap is None or not is_open(added):
        return ""
    heading = name_of(added.split)
    return f"{heading}的各行还差 {money.with_unit(-added.gap)}" if added.parts else f"{heading}的各行未填写"


def _quick_fix(added: SplitSum, edition: Edition) -> QuickFix | None:
    """Offer the missing amount for the only blank line; None if it does not fit the edition's unit and decimals."""
    filled = {line.key for line, _ in added.parts}
    blank = [line for line in added.split.lines if line.key not in filled]
    missing = -(added.gap or Decimal(0))
    if len(blank) != 1 or not TOLERANCE < missing < added.sum * _MAX_RATIO:
        return None
    text = money.plain(missing / money.UNITS[edition.unit])
    if len(text.partition(".")[2]) > edition.decimals:
        return None
    return QuickFix(f"{name_of(blank[0])}填 {text} {edition.unit}", ((place.amount(blank[0].key), text),))


def _total_is_blank(context: RuleContext) -> Violation:
    name, total_place = name_of(context.edition.total), place.amount(context.edition.total.key)
    whole = [
        added for added in split_sums(context.document.amounts, context.edition) if added.parts and not added.unreadable
    ]
    known = "，".join(f"{name_of(added.split)}的各行合计 {money.with_unit(added.sum)}" for added in whole)
    tasks = add_up_tasks(context.document.tasks, {}, context.edition)
    quick_fix = None
    if tasks.parts and tasks.is_readable and not known:
        known = f"各项任务的预算金额合计 {money.with_unit(tasks.sum)}"
        text = money.plain(tasks.sum / money.UNITS[context.edition.unit])
        quick_fix = QuickFix(f"{name}填 {text} {context.edition.unit}", ((total_place, text),))
    facts = f"{name}尚未填写，{known}。" if known else f"{name}尚未填写。"
    return Violation((total_place,), facts, quick_fix=quick_fix, advice=f"请填写{name}。", to_fill=facts.rstrip("。"))


def _unreadable_amount(line: AmountLine, context: RuleContext) -> Violation | None:
    amount = context.document.amount(line.key, context.edition)
    problem, advice = _problem_message(amount, context.edition)
    if not problem:
        return None
    facts = f"{name_of(line)}填的是{quote(amount.text)}，{problem}"
    numbers = {"decimals": Decimal(amount.places)} if amount.places > context.edition.decimals else {}
    return Violation((place.amount(line.key),), facts, numbers, advice=advice)


def _problem_message(amount: Amount, edition: Edition) -> tuple[str, str]:
    """Describe what is wrong with an amount, and what to do; blank for a valid one."""
    if amount.problem is AmountProblem.NO_NUMBER:
        return "无法识别金额。", f"请只填数字，以{edition.unit}为单位，如 550.13；没有金额的留空。"
    if amount.problem is AmountProblem.NEGATIVE:
        return "金额不能小于零。", "请填零或正数；没有金额的留空。"
    if amount.problem is AmountProblem.TOO_LARGE:
        return "超过了能登记的上限（十万亿元）。", f"请核对数字和单位；不写单位时按{edition.unit}计。"
    if amount.places > edition.decimals:
        facts = f"有 {amount.places} 位小数，最多 {edition.decimals} 位。"
        return facts, f"请按{amount.unit}保留 {edition.decimals} 位小数。"
    if amount.problem is AmountProblem.BELOW_FEN:
        return "小于一分的部分无法登记。", "请填到分为止。"
    return "", ""
