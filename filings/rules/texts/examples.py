"""Examples of rules H1–H6."""

from collections.abc import Mapping

from filings.rules.example import DEPARTMENT, DUTIES, GOAL, Example
from filings.rules.finding import KnownFacts

_COUNTY = KnownFacts(department=DEPARTMENT, departments=("县教育局", "县图书馆", "县财政局"))
_SKIPPED = (*DUTIES[:2], "（四）建设数字档案馆。")
_NUMBERED_GOAL = "接收进馆档案5000卷，数字化档案{pages}万页，建成数字档案馆一期。"
_LAST_YEARS_GOAL = "保障单位正常运转；完成档案库房改造，方便群众查档。"

# By rule code: (failing example, passing example).
EXAMPLES: Mapping[str, tuple[Example, Example]] = {
    "H1": (Example(duties=(), goal=""), Example()),
    "H2": (
        Example(
            duties=("（一）县图书馆负责全县图书的采编和借阅。", *DUTIES[1:]),
            goal=f"2021年度工作目标：{GOAL}",
            known=_COUNTY,
        ),
        Example(
            duties=("（一）会同县图书馆整理地方文献。", *DUTIES[1:]), goal=f"2022年度工作目标：{GOAL}", known=_COUNTY
        ),
    ),
    "H3": (Example(duties=_SKIPPED), Example(duties=DUTIES)),
    "H4": (Example(goal=_NUMBERED_GOAL.format(pages=100)), Example(goal=_NUMBERED_GOAL.format(pages=80))),
    "H5": (
        Example(duties=(*DUTIES[:2], "（三）建设数字档案馆，联系人手机13800001234。")),
        Example(duties=(*DUTIES[:2], "（三）建设数字档案馆，受理12345热线转来的查档需求。")),
    ),
    "H6": (Example(last_year=Example()), Example(last_year=Example(goal=_LAST_YEARS_GOAL))),
}
