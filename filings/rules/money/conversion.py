"""Amounts and costs of a table in another unit, converted to 万元 one by one. Contains no rules.

An amount that is right in 万元 already is left as it is. All amounts are in 万元.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from filings.document import money, place, target
from filings.document.place import Place
from filings.rules.finding import RuleContext
from filings.rules.money.budget import TOLERANCE
from filings.rules.money.spending import money_costs, total_cost
from filings.rules.money.unit_evidence import TIMES
from filings.rules.rows import ParsedIndicator

# In 万元: a smaller cost indicator is no evidence of its unit.
_LEAST_COST = Decimal(1)
_MOST_RIGHT = 2
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?", re.ASCII)


def converted_amounts(context: RuleContext, total: Decimal, meant: Decimal) -> Iterator[tuple[Place, str]]:
    """Yield the new texts of the amounts without a unit: of the total, its lines and the tasks."""
    edition, document = context.edition, context.document
    factor = meant / total
    wrong = {edition.total.key}
    for split in edition.splits:
        wrong |= _in_the_other_unit(
            {line.key: document.amounts.get(line.key, "") for line in split.lines}, meant, factor
        )
    for line in edition.lines:
        value = money.parse(document.amounts.get(line.key, ""), edition.unit).value
        if line.key in wrong and value:
            yield place.amount(line.key), in_wan(value * factor)
    tasks = {task.key: task.cells.get("amount", "") for task in document.tasks}
    wrong = _in_the_other_unit(tasks, meant, factor)
    for key, text in tasks.items():
        value = money.parse(text, edition.unit).value
        if key in wrong and value:
            yield place.task(key, "amount"), in_wan(value * factor)


def _in_the_other_unit(texts: Mapping[str, str], meant: Decimal, factor: Decimal) -> set[str]:
    """Return the keys of the parts of a sum that are in the other unit.

    All of them, or all but one or two, if the parts then add up to `meant`; otherwise those that cannot be in 万元.
    """
    parsed = {key: value for key, text in texts.items() if (value := money.parse(text).value)}
    bare = {key: value for key, value in parsed.items() if is_without_unit(texts[key])}
    whole = sum((value for key, value in parsed.items() if key not in bare), Decimal(0))
    whole += sum(bare.values(), Decimal(0)) * factor
    for count in range(_MOST_RIGHT + 1):
        for right in combinations(bare, count):
            if abs(whole + sum(bare[key] for key in right) * (1 - factor) - meant) <= TOLERANCE:
                return bare.keys() - set(right)
    return {key for key, value in bare.items() if not _may_be_in_wan(value, meant, factor)}


def _may_be_in_wan(value: Decimal, meant: Decimal, factor: Decimal) -> bool:
    """Whether an amount fits into the total as it is, or would exceed it if it were in 亿元."""
    return value <= meant + TOLERANCE if factor < 1 else value * factor > meant + TOLERANCE


def converted_costs(context: RuleContext, total: Decimal, meant: Decimal) -> Iterator[tuple[Place, str]]:
    """Yield the new targets of the cost indicators that are in 元 as the table is."""
    rows = money_costs(context.rows)
    are_the_whole = abs(total_cost(rows, total) - total) <= TOLERANCE
    amounts = [amount / TIMES for amount in amounts_of(context)]
    for row in rows:
        text = cost_in_wan(row)
        if text and row.amount and (are_the_whole or is_cost_in_yuan(row.amount, meant, amounts)):
            yield row.target_place, text


def is_cost_in_yuan(cost: Decimal, total: Decimal, amounts: list[Decimal]) -> bool:
    """Whether a cost exceeds the total, but does not once converted, and is then one of `amounts` or 1 万元 and more.

    A cost of a few hundred 万元 that exceeds a small total is a mistake of another kind.
    """
    converted = cost / TIMES
    if not converted <= total + TOLERANCE < cost:
        return False
    return converted >= _LEAST_COST or any(abs(converted - amount) <= TOLERANCE / TIMES for amount in amounts)


def amounts_of(context: RuleContext) -> list[Decimal]:
    """List the amounts of the budget, without zeros."""
    amounts = (context.document.amount(line.key, context.edition).value for line in context.edition.lines)
    return [amount for amount in amounts if amount]


def cost_in_wan(row: ParsedIndicator) -> str:
    """Return a target in 万元 with its number divided by 10,000, '' for another unit or if it cannot be rewritten."""
    if row.unit not in ("万元", "万") or row.amount is None:
        return ""
    text = _NUMBER.sub(lambda match: money.plain(Decimal(match[0].replace(",", "")) / TIMES), row.row.target, count=1)
    parsed = target.parse(text)
    number = parsed.number if parsed else None
    return text if number is not None and Decimal(number) == row.amount / TIMES else ""


def in_wan(value: Decimal) -> str:
    """Write an amount with two decimals, with more if it would lose 分."""
    return money.figure(value).replace(",", "")


def is_without_unit(text: str) -> bool:
    return text[-1:].isdigit()
