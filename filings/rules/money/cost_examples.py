"""Examples of rules K1–K4."""

from collections.abc import Mapping

from filings.rules.example import VALID_EXAMPLE, Example


def _costs(*rows: tuple[str, str]) -> Example:
    return Example(rows={"OUT.COST": rows})


_BASIC = ("人员和公用经费支出", "≤317.13万元")
_PROJECT = ("数字档案馆项目支出", "≤233万元")

# By rule code: (failing example, passing example).
EXAMPLES: Mapping[str, tuple[Example, Example]] = {
    "K1": (_costs(("人员和公用经费支出", "≤337.13万元"), _PROJECT), VALID_EXAMPLE),
    "K2": (_costs(_BASIC), _costs(_BASIC, _PROJECT)),
    "K3": (_costs(("人员和公用经费支出", "≥317.13万元"), _PROJECT), VALID_EXAMPLE),
    "K4": (_costs(_BASIC, ("数字档案馆项目支出", "控制在预算内")), VALID_EXAMPLE),
}
