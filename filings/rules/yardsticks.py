"""The total held against what is known besides: last year, the control figure, the tasks. All amounts are in 万元."""

from decimal import ROUND_CEILING, Decimal

from filings.document import money, place
from filings.rules.budget import TOLERANCE
from filings.rules.finding import NOT_APPLICABLE, Answer, CannotTell, Case, Fault, LastYear

_PER_CENT = Decimal(30)
_HUNDREDTH = Decimal("0.01")


def total_is_near_last_years(case: Case) -> Answer:
    """B6. The limit is a share of last year's total, in per cent."""
    before = _approved(case.known.last_year) if case.known.last_year else None
    if not before:
        return NOT_APPLICABLE
    total = _total(case, "上年批复数")
    if not isinstance(total, Decimal):
        return total
    limit = case.limits.get("B6", _PER_CENT)
    share = abs(total - before) / before * 100
    if share <= limit:
        return []
    message = (
        f"资金总额 {money.figure(total)} 万元，比上年批复的 {money.figure(before)} 万元{_direction(total - before)}，"
        f"相差 {_per_cent(share)}%，超过 {money.plain(limit)}%。请核对资金总额；确实变化这么大的，请说明原因。"
    )
    return [Fault((place.amount(case.edition.total.key),), message, {"total": total, "last_year": before})]


def total_equals_the_control_figure(case: Case) -> Answer:
    """B7."""
    control = case.known.control
    if control is None:
        return NOT_APPLICABLE
    total = _total(case, "预算控制数")
    if not isinstance(total, Decimal):
        return total
    if abs(total - control) <= TOLERANCE:
        return []
    message = (
        f"资金总额 {money.figure(total)} 万元，比财政部门下达的预算控制数 {money.figure(control)} 万元"
        f"{_direction(total - control)}。请按控制数核对资金总额；对控制数有疑问的，请联系财政局对口的业务股室。"
    )
    numbers = {"total": total, "control": control, "gap": total - control}
    return [Fault((place.amount(case.edition.total.key),), message, numbers)]


def tasks_add_up_to_the_total(case: Case) -> Answer:
    """B8. A task whose amount is blank counts 0."""
    texts = {task.key: task.cells["amount"] for task in case.document.tasks if "amount" in task.cells}
    if not texts:
        return NOT_APPLICABLE
    total = _total(case, "各项任务的预算金额")
    if not isinstance(total, Decimal):
        return total
    amounts = [money.parse(text, case.edition.unit) for text in texts.values()]
    if any(amount.problem for amount in amounts):
        return CannotTell("有任务的预算金额读不出来，暂时不能核对各项任务的合计。")
    whole = sum((amount.value or Decimal(0) for amount in amounts), Decimal(0))
    if abs(whole - total) <= TOLERANCE:
        return []
    places = (place.amount(case.edition.total.key), *(place.task(key, "amount") for key in texts))
    message = (
        f"{len(texts)} 项任务的预算金额合计 {money.figure(whole)} 万元，比资金总额 {money.figure(total)} 万元"
        f"{_direction(whole - total)}。请核对各项任务的预算金额或资金总额。"
    )
    return [Fault(places, message, {"sum": whole, "total": total, "gap": whole - total})]


def _total(case: Case, against: str) -> Decimal | Answer:
    """The total, or the answer where there is none: a blank total is B1's fault, one that cannot be read B3's."""
    total = case.document.amount(case.edition.total.key, case.edition)
    if total.is_blank:
        return NOT_APPLICABLE
    return CannotTell(f"资金总额读不出金额，暂时不能与{against}核对。") if total.value is None else total.value


def _approved(last_year: LastYear) -> Decimal | None:
    return last_year.document.amount(last_year.edition.total.key, last_year.edition).value


def _direction(difference: Decimal) -> str:
    return f"{'多' if difference > 0 else '少'} {money.figure(abs(difference))} 万元"


def _per_cent(share: Decimal) -> str:
    """Rounded up, so that it never reads as the limit that it exceeds."""
    return money.plain(share.quantize(_HUNDREDTH, ROUND_CEILING))
