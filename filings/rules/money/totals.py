"""The total held against what is known besides: last year, the control figure, the tasks. All amounts are in 万元."""

from decimal import ROUND_CEILING, Decimal

from filings.document import money, place
from filings.document.text import bare
from filings.rules.finding import NOT_APPLICABLE, Answer, LastYear, RuleContext, Undetermined, Violation
from filings.rules.money.budget import TOLERANCE, add_up_tasks, name_of

_PER_CENT = Decimal(30)
_HUNDREDTH = Decimal("0.01")


def total_is_near_last_years(case: RuleContext) -> Answer:
    """B6. The limit is a share of last year's total, in per cent."""
    before = _approved(case.known.last_year) if case.known.last_year else None
    if not before:
        return NOT_APPLICABLE
    total = _total(case, "上年批复数")
    if not isinstance(total, Decimal):
        return total
    limit, name = case.limits.get("B6", _PER_CENT), name_of(case.edition.total)
    share = abs(total - before) / before * 100
    if share <= limit:
        return []
    message = (
        f"{name} {money.figure(total)} 万元，比上年批复的 {money.figure(before)} 万元{_direction(total - before)}，"
        f"相差 {_per_cent(share)}%，超过 {money.plain(limit)}%。请核对{name}；确实变化这么大的，请说明原因。"
    )
    return [Violation((place.amount(case.edition.total.key),), message, {"total": total, "last_year": before})]


def total_equals_the_control_figure(case: RuleContext) -> Answer:
    """B7."""
    control = case.known.control
    if control is None:
        return NOT_APPLICABLE
    total = _total(case, "预算控制数")
    if not isinstance(total, Decimal):
        return total
    if abs(total - control) <= TOLERANCE:
        return []
    name = name_of(case.edition.total)
    message = (
        f"{name} {money.figure(total)} 万元，比财政部门下达的预算控制数 {money.figure(control)} 万元"
        f"{_direction(total - control)}。请按控制数核对{name}；对控制数有疑问的，请联系财政局对口的业务股室。"
    )
    numbers = {"total": total, "control": control, "gap": total - control}
    return [Violation((place.amount(case.edition.total.key),), message, numbers)]


def tasks_add_up_to_the_total(case: RuleContext) -> Answer:
    """B8. A task whose amount is blank counts 0; a form that asks for tasks wants at least one."""
    keys = [task.key for task in case.document.tasks if "amount" in task.cells]
    if not keys and not case.edition.has("tasks"):
        return NOT_APPLICABLE
    total = _total(case, "各项任务的预算金额")
    if not isinstance(total, Decimal):
        return total
    if not keys:
        return [_without_tasks(case, total)]
    added = add_up_tasks(case.document.tasks, case.document.amounts, case.edition)
    if added.gap is None:
        return Undetermined("有任务的预算金额读不出来，暂时不能核对各项任务的合计。")
    if added.holds:
        return []
    name = name_of(case.edition.total)
    places = (place.amount(case.edition.total.key), *(place.task(key, "amount") for key in keys))
    message = (
        f"{len(keys)} 项任务的预算金额合计 {money.figure(added.sum)} 万元，比{name} {money.figure(total)} 万元"
        f"{_direction(added.gap)}。请核对各项任务的预算金额或{name}。"
    )
    return [Violation(places, message, {"sum": added.sum, "total": total, "gap": added.gap})]


def _without_tasks(case: RuleContext, total: Decimal) -> Violation:
    section = next(bare(section.label) for section in case.edition.sections if section.kind == "tasks")
    name, figure = name_of(case.edition.total), money.figure(total)
    message = f"{section}一项也没有填写，{name}是 {figure} 万元。请逐项填写任务和预算金额。"
    return Violation((place.Place("tasks"),), message, {"total": total})


def _total(case: RuleContext, against: str) -> Decimal | Answer:
    """The total, or the answer where there is none: a blank total is B1's fault, one that cannot be read B3's."""
    total = case.document.amount(case.edition.total.key, case.edition)
    if total.is_blank:
        return NOT_APPLICABLE
    name = name_of(case.edition.total)
    return Undetermined(f"{name}读不出金额，暂时不能与{against}核对。") if total.value is None else total.value


def _approved(last_year: LastYear) -> Decimal | None:
    return last_year.document.amount(last_year.edition.total.key, last_year.edition).value


def _direction(difference: Decimal) -> str:
    return f"{'多' if difference > 0 else '少'} {money.figure(abs(difference))} 万元"


def _per_cent(share: Decimal) -> str:
    """Rounded up, so that it never reads as the limit that it exceeds."""
    return money.plain(share.quantize(_HUNDREDTH, ROUND_CEILING))
