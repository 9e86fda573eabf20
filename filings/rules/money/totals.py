"""Rules B6–B8: the total compared with last year, the control figure and the tasks. All amounts are in 万元."""

from decimal import ROUND_CEILING, Decimal

from filings.document import money, place
from filings.document.text import bare
from filings.rules.finding import NOT_APPLICABLE, LastYear, RuleAnswer, RuleContext, Undetermined, Violation
from filings.rules.money.budget import TOLERANCE, add_up_tasks, name_of
from filings.rules.money.whole_table_unit import the_total_is_in_another_unit

_LIMIT = Decimal(30)
_HUNDREDTH = Decimal("0.01")


def total_is_near_last_years(context: RuleContext) -> RuleAnswer:
    """Check B6: the total is near last year's. The limit is in per cent of last year's total.

    A total in the wrong unit is left to B4 and B9.
    """
    before = _approved(context.known.last_year) if context.known.last_year else None
    if not before:
        return NOT_APPLICABLE
    total = _total(context, "上年批复数")
    if not isinstance(total, Decimal):
        return total
    limit, name = context.limits.get("B6", _LIMIT), name_of(context.edition.total)
    change = abs(total - before) / before * 100
    if change <= limit or the_total_is_in_another_unit(context):
        return []
    facts = (
        f"{name} {money.with_unit(total)}，比上年批复的 {money.with_unit(before)}{_direction(total - before)}，"
        f"相差 {_round_up(change)}%，超过 {money.plain(limit)}%。"
    )
    advice = f"请核对{name}；变化属实的，请说明原因。"
    return [
        Violation(
            (place.amount(context.edition.total.key),), facts, {"total": total, "last_year": before}, advice=advice
        )
    ]


def total_equals_the_control_figure(context: RuleContext) -> RuleAnswer:
    """Check B7: the total equals the control figure."""
    control = context.known.control
    if control is None:
        return NOT_APPLICABLE
    total = _total(context, "预算控制数")
    if not isinstance(total, Decimal):
        return total
    if abs(total - control) <= TOLERANCE:
        return []
    name = name_of(context.edition.total)
    facts = (
        f"{name} {money.with_unit(total)}，比财政部门下达的预算控制数 {money.with_unit(control)}"
        f"{_direction(total - control)}。"
    )
    advice = f"请按控制数核对{name}；对控制数有疑问的，请联系财政局对口的业务股室。"
    numbers = {"total": total, "control": control, "gap": total - control}
    return [Violation((place.amount(context.edition.total.key),), facts, numbers, advice=advice)]


def tasks_add_up_to_the_total(context: RuleContext) -> RuleAnswer:
    """Check B8: the tasks add up to the total. Blank amounts count as 0; editions with tasks require one."""
    keys = [task.key for task in context.document.tasks if "amount" in task.cells]
    if not keys and not context.edition.has("tasks"):
        return NOT_APPLICABLE
    total = _total(context, "各项任务的预算金额")
    if not isinstance(total, Decimal):
        return total
    if not keys:
        return [_without_tasks(context, total)]
    added = add_up_tasks(context.document.tasks, context.document.amounts, context.edition)
    if added.gap is None:
        return Undetermined("有任务的预算金额无法识别，暂时无法核对各项任务的合计。")
    if added.holds:
        return []
    name = name_of(context.edition.total)
    places = (place.amount(context.edition.total.key), *(place.task(key, "amount") for key in keys))
    facts = (
        f"{len(keys)} 项任务的预算金额合计 {money.with_unit(added.sum)}，比{name} {money.with_unit(total)}"
        f"{_direction(added.gap)}。"
    )
    advice = f"请核对各项任务的预算金额或{name}。"
    numbers = {"sum": added.sum, "total": total, "gap": added.gap}
    # Tasks are added one by one: until all are there, they fall short of the total.
    to_fill = f"各项任务的预算金额还差 {money.with_unit(-added.gap)}" if added.gap < 0 else ""
    return [Violation(places, facts, numbers, advice=advice, to_fill=to_fill)]


def _without_tasks(context: RuleContext, total: Decimal) -> Violation:
    section = next(bare(section.label) for section in context.edition.sections if section.kind == "tasks")
    name = name_of(context.edition.total)
    facts, advice = f"{section}尚未填写，{name}是 {money.with_unit(total)}。", "请逐项填写任务和预算金额。"
    return Violation((place.Place("tasks"),), facts, {"total": total}, advice=advice, to_fill=f"{section}未填写")


def _total(context: RuleContext, against: str) -> Decimal | RuleAnswer:
    """Return the total, or the answer without it: a blank total is left to B1, an invalid one to B3."""
    total = context.document.amount(context.edition.total.key, context.edition)
    if total.is_blank:
        return NOT_APPLICABLE
    name = name_of(context.edition.total)
    return Undetermined(f"{name}无法识别金额，暂时无法与{against}核对。") if total.value is None else total.value


def _approved(last_year: LastYear) -> Decimal | None:
    return last_year.document.amount(last_year.edition.total.key, last_year.edition).value


def _direction(difference: Decimal) -> str:
    return f"{'多' if difference > 0 else '少'} {money.with_unit(abs(difference))}"


def _round_up(per_cent: Decimal) -> str:
    """Format a percentage, rounded up so that it is never displayed as equal to the limit that it exceeds."""
    return money.plain(per_cent.quantize(_HUNDREDTH, ROUND_CEILING))
