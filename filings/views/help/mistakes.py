"""Common mistakes with their corrections. Each is a pair of tables on which one rule fails and passes."""

from collections.abc import Mapping
from dataclasses import dataclass

from filings.rules.example import DUTIES, GOAL, ROWS, VALID_EXAMPLE, Example


@dataclass(frozen=True)
class Mistake:
    """A mistake as it is typed, its correction, the reason, and the tables that contain them."""

    wrong: str
    right: str
    reason: str
    code: str
    fails: Example
    passes: Example = VALID_EXAMPLE


def _row(code: str, node: str, wrong: tuple[str, str], reason: str) -> Mistake:
    """Build a mistake in the first row of a class of indicators."""
    right = ROWS[node][0]
    return Mistake("　".join(wrong), "　".join(right), reason, code, Example(rows={node: (wrong,)}))


# By kind of section.
MISTAKES: Mapping[str, tuple[Mistake, ...]] = {
    "budget": (
        Mistake(
            "基本支出 317.13，项目支出 230，资金总额 550.13",
            "基本支出 317.13，项目支出 233，资金总额 550.13",
            "各项之和须等于资金总额。",
            "B2",
            Example(amounts={"EXP.PROJECT": "230"}),
        ),
    ),
    "duties": (
        Mistake(
            f"{DUTIES[1]} {DUTIES[2].replace('（三）', '（四）')}",
            f"{DUTIES[1]} {DUTIES[2]}",
            "序号须连续。",
            "H3",
            Example(duties=(*DUTIES[:2], DUTIES[2].replace("（三）", "（四）"))),
        ),
    ),
    "goal": (
        Mistake(
            "数字化档案100万页（指标填写 ≥80万页）",
            "数字化档案80万页（指标填写 ≥80万页）",
            "目标与指标的数字须一致。",
            "H4",
            Example(goal=f"{GOAL}数字化档案100万页。"),
            Example(goal=f"{GOAL}数字化档案80万页。"),
        ),
    ),
    "indicators": (
        _row("M1", "OUT.QTY", ("接收进馆档案", "持续推进"), "数量须用数字填写，以便年终核对。"),
        _row("M5", "OUT.QTY", ("接收进馆档案", "5000卷"), "须写明是不少于还是不超过，用 ≥ 或 ≤。"),
        _row("M6", "BEN.SAT", ("查档群众满意度", "≥95"), "比率须写百分号。"),
        _row("M3", "BEN.SAT", ("查档群众满意度", "≤95%"), "越高越好的指标用 ≥，费用等越低越好的用 ≤。"),
        _row("M8", "OUT.TIME", ("数字档案馆一期完工时间", "2023年11月底前"), "完成时间须在本年度内。"),
        _row("T6", "OUT.QUAL", ("档案数字化验收合格率", "≥**%"), "范本中的 ** 须换成数字。"),
    ),
}
