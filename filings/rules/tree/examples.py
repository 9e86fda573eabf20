"""Examples of rules T1–T8."""

from collections.abc import Mapping

from filings.rules.example import ROWS, VALID_EXAMPLE, Example

_WEIGHTS = {
    "接收进馆档案": "10",
    "数字化档案页数": "10",
    "档案数字化验收合格率": "10",
    "人员和公用经费支出": "10",
    "数字档案馆项目支出": "10",
    "数字档案馆一期完工时间": "10",
    "节约档案异地保管费用": "10",
    "群众查档一次办结率": "10",
    "数字化设备使用年限": "10",
    "查档群众满意度": "10",
}


def _without(*nodes: str) -> Example:
    return Example(rows=dict.fromkeys(nodes, ()))


# By rule code: (failing example, passing example).
EXAMPLES: Mapping[str, tuple[Example, Example]] = {
    "T1": (_without(*(node for node in ROWS if node.startswith("BEN."))), VALID_EXAMPLE),
    "T2": (_without("OUT.QUAL"), VALID_EXAMPLE),
    "T3": (_without("BEN.SAT"), VALID_EXAMPLE),
    "T4": (Example(rows={"OUT.QTY": (("接收进馆档案", "≥5000卷"), ("接收进馆档案", "≥80万页"))}), VALID_EXAMPLE),
    "T5": (Example(rows={"OUT.QUAL": (("档案数字化验收合格率", ""),)}), VALID_EXAMPLE),
    "T6": (Example(rows={"OUT.QUAL": (("档案数字化验收合格率", "≥**%"),)}), VALID_EXAMPLE),
    "T7": (_without("OUT.QUAL", "OUT.TIME", "BEN.SUST"), VALID_EXAMPLE),
    "T8": (Example(weights={**_WEIGHTS, "查档群众满意度": "5"}), Example(weights=_WEIGHTS)),
}
