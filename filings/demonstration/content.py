"""Compose the table of a department in a year from the texts of its sector. The same input gives the same table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from filings.demonstration.county_data import DepartmentPlan, LargeCounty
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.document.numerals import to_chinese

_CLASSES = ("OUT.QUAL", "OUT.TIME", "BEN.ECON", "BEN.SOC", "BEN.SUST", "BEN.SAT")
_STAFF_COST, _OFFICE_COST, _PROJECT_COST = "保障在职人员经费", "保证机关正常运转经费", "项目成本控制"


@dataclass(frozen=True)
class Variation:
    """Difference of a table from a faultless one.

    `is_copied`: goals, duties and indicators are those of the sector's first department. `jumps`: the total rises by
    half. `is_vague`: a quantity is a phrase. `lacks_cost`: no cost for the project money. `is_weaker`: a target falls
    below last year's. `is_wrong`: the total does not add up. `rows`: only the first indicators are filled in.
    """

    is_copied: bool = False
    jumps: bool = False
    is_vague: bool = False
    lacks_cost: bool = False
    is_weaker: bool = False
    is_wrong: bool = False
    rows: int | None = None


def table_of(
    county: LargeCounty, plan: DepartmentPlan, edition: Edition, year: int, variation: Variation
) -> FilingDocument:
    """Compose the table in normal form; rows keep their keys from year to year."""
    amounts = _amounts(plan, year, variation)
    rows = [*_indicators(county, plan, year, variation), *_costs(amounts, variation, county, plan)]
    written = {line: f"{fen / 100:.2f}" for line, fen in amounts.items() if fen}
    if variation.is_wrong:
        written["TOTAL"] = f"{amounts['TOTAL'] / 100 + 12:.2f}"
    sector, source = county.sector(plan), _source(county, plan, variation)
    duties = [*source.random("duties").sample(sector["duties"][:-1], k=4), sector["duties"][-1]]
    goals = source.random("goals")
    values = {
        "short": "本单位" if variation.is_copied else plan.short_name,
        "year": year,
        "topic": goals.choice(sector["topics"]),
    }
    return compose(
        edition,
        year=year,
        fields={"filing_unit": plan.name, "department": plan.name},
        amounts=written,
        duties=[
            (_key(plan, f"duty{number}"), f"（{to_chinese(number)}）{text.format(**values)}。")
            for number, text in enumerate(duties, start=1)
        ],
        goals=["；".join(text.format(**values) for text in sector["goals"]) + "。"],
        indicators=[
            IndicatorRow(_key(plan, name), node, "", "", name, target) for node, name, target in rows[: variation.rows]
        ],
    )


def corrected(document: FilingDocument, keys: Mapping[str, str]) -> FilingDocument:
    """Return the table with other targets in the rows with these keys."""
    rows = tuple(replace(row, target=keys.get(row.key, row.target)) for row in document.indicators)
    return replace(document, indicators=rows)


def total_fen(plan: DepartmentPlan, year: int, variation: Variation) -> int:
    """Return the correct total in 分 of the document's unit, which is 万元 with two decimals."""
    return _amounts(plan, year, variation)["TOTAL"]


def _source(county: LargeCounty, plan: DepartmentPlan, variation: Variation) -> DepartmentPlan:
    if not variation.is_copied:
        return plan
    return next(item for item in county.departments if item.sector == plan.sector)


def _amounts(plan: DepartmentPlan, year: int, variation: Variation) -> dict[str, int]:
    """Return the amounts in hundredths of 万元, by budget line."""
    base, changes = plan.random("money"), plan.random(f"money {year}")
    basic = round(base.randint(8_000, 90_000) * changes.uniform(0.97, 1.06))
    project = round(base.choice((0, 1, 1, 1)) * base.randint(3_000, 60_000) * changes.uniform(0.9, 1.12))
    if variation.jumps:
        basic, project = basic * 3 // 2, project * 3 // 2
    if variation.lacks_cost and not project:
        project = 5_000
    fund = project // 4 if base.random() < 0.3 else 0
    return {
        "TOTAL": basic + project,
        "INC.GENERAL": basic + project - fund,
        "INC.FUND": fund,
        "EXP.BASIC": basic,
        "EXP.PROJECT": project,
    }


def _costs(
    amounts: Mapping[str, int], variation: Variation, county: LargeCounty, plan: DepartmentPlan
) -> Iterator[tuple[str, str, str]]:
    staff = amounts["EXP.BASIC"] * 4 // 5
    yield "OUT.COST", _STAFF_COST, f"≤{staff / 100:.2f}万元"
    yield "OUT.COST", _OFFICE_COST, f"≤{(amounts['EXP.BASIC'] - staff) / 100:.2f}万元"
    if amounts["EXP.PROJECT"] and not variation.lacks_cost:
        topic = plan.random("project").choice(county.sector(plan)["topics"])
        yield "OUT.COST", f"{topic}{_PROJECT_COST}", f"≤{amounts['EXP.PROJECT'] / 100:.2f}万元"


def _indicators(
    county: LargeCounty, plan: DepartmentPlan, year: int, variation: Variation
) -> Iterator[tuple[str, str, str]]:
    """Yield (class, name, target): two or three quantities and one of each other class."""
    choice = _source(county, plan, variation).random("indicators")
    pool = county.sector(plan)["indicators"]
    quantities = [item for item in pool if item[0] == "OUT.QTY"]
    chosen = choice.sample(quantities, k=choice.choice((2, 3)))
    chosen += [choice.choice([item for item in pool if item[0] == node]) for node in _CLASSES]
    for index, item in enumerate(chosen):
        if index == 0 and variation.is_vague:
            yield item[0], item[1], "持续推进"
        else:
            yield item[0], item[1], _target(item, choice, plan.random(f"{item[1]} {year}"), variation, index)


def _target(item: list[Any], base: Random, changes: Random, variation: Variation, index: int) -> str:
    _node, _name, low, high, comparator, unit = item
    value = base.randint(low, high)
    if unit == "%":
        value = min(high, value + changes.choice((0, 0, 1)))
    else:
        value = round(value * changes.choice((1, 1, 1.02, 1.05)))
    if variation.is_weaker and index == 1:
        value = max(1, round(value * 0.8))
    return f"{comparator}{value}{unit}"


def _key(plan: DepartmentPlan, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"demonstration:{plan.code}:{name}"))
