"""Examples of rules M1–M9."""

from collections.abc import Mapping

from filings.rules.example import ROWS, VALID_EXAMPLE, Example


def _one_row(node: str, name: str, target: str) -> Example:
    """The valid table with this row as the only one of its class."""
    return Example(rows={node: ((name, target),)})


_PHRASES = Example(
    rows={
        "OUT.QUAL": (("档案数字化验收质量", "良好"),),
        "BEN.ECON": (("节约档案异地保管费用", "明显"),),
        "BEN.SOC": (("群众查档便利程度", "不断提升"),),
        "BEN.SUST": (("数字化设备使用年限", "长期"),),
    }
)
_FEWER_PHRASES = Example(rows={**_PHRASES.rows, "OUT.QUAL": ROWS["OUT.QUAL"], "BEN.ECON": ROWS["BEN.ECON"]})

# By rule code: (failing example, passing example).
EXAMPLES: Mapping[str, tuple[Example, Example]] = {
    "M1": (_one_row("OUT.QTY", "组织档案宣传活动", "持续推进"), _one_row("OUT.QTY", "组织档案宣传活动", "≥12次")),
    "M2": (_PHRASES, _FEWER_PHRASES),
    "M3": (_one_row("BEN.SAT", "查档群众满意度", "≤95%"), VALID_EXAMPLE),
    "M4": (_one_row("BEN.SAT", "查档群众满意度", "295%"), VALID_EXAMPLE),
    "M5": (_one_row("OUT.QTY", "接收进馆档案", "5000卷"), _one_row("OUT.QTY", "接收进馆档案", "≥5000卷")),
    "M6": (_one_row("BEN.SAT", "查档群众满意度", "≥95"), VALID_EXAMPLE),
    "M7": (_one_row("BEN.SOC", "查档群众满意度", "≥95%"), VALID_EXAMPLE),
    "M8": (_one_row("OUT.TIME", "数字档案馆一期完工时间", "2023年11月底前"), VALID_EXAMPLE),
    "M9": (
        _one_row("OUT.QTY", "培训档案人员500人次", "≥400人次"),
        _one_row("OUT.QTY", "培训档案人员500人次", "≥500人次"),
    ),
}
