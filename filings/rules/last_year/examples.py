"""Examples of rules Y1–Y3."""

from collections.abc import Mapping

from filings.rules.example import Example


def _social(*rows: tuple[str, str]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    return {"BEN.SOC": rows}


_BEFORE = Example(
    goal="保障单位正常运转；完成档案库房改造，方便群众查档。",
    rows={"OUT.TIME": (("数字档案馆一期完工时间", "2021年11月底前"),), **_social(("群众查档一次办结率", "≥93%"))},
)
_TWO_BEFORE = Example(
    goal=_BEFORE.goal,
    rows={**_BEFORE.rows, **_social(("群众查档一次办结率", "≥93%"), ("档案查阅接待人次", "≥3000人次"))},
)

# By rule code: (failing example, passing example).
EXAMPLES: Mapping[str, tuple[Example, Example]] = {
    "Y1": (
        Example(rows=_social(("群众查档一次办结率", "≥90%")), last_year=_BEFORE),
        Example(rows=_social(("群众查档一次办结率", "≥95%")), last_year=_BEFORE),
    ),
    "Y2": (
        Example(rows=_social(("群众查档一次办结率", "93%")), last_year=_BEFORE),
        Example(rows=_social(("群众查档一次办结率", "≥93%")), last_year=_BEFORE),
    ),
    "Y3": (
        Example(rows=_social(("群众查档一次办结率", "≥95%")), last_year=_TWO_BEFORE),
        Example(rows=_social(("群众查档一次办结率", "≥95%"), ("档案查阅接待人次", "≥3200人次")), last_year=_TWO_BEFORE),
    ),
}
