"""Examples of rules B1–B9."""

from collections.abc import Mapping
from decimal import Decimal

from filings.rules.example import VALID_EXAMPLE, Example
from filings.rules.finding import KnownFacts

_LAST_YEAR = Example(amounts={"TOTAL": "498", "INC.GENERAL": "498", "EXP.BASIC": "310", "EXP.PROJECT": "188"})
_MUCH_LESS = Example(amounts={"TOTAL": "398", "INC.GENERAL": "398", "EXP.BASIC": "310", "EXP.PROJECT": "88"})

# By rule code: (failing example, passing example).
EXAMPLES: Mapping[str, tuple[Example, Example]] = {
    "B1": (
        Example(amounts={"INC.GENERAL": "500", "INC.FUND": "50"}),
        Example(amounts={"INC.GENERAL": "500", "INC.FUND": "50.13"}),
    ),
    "B2": (Example(amounts={"EXP.PROJECT": "230"}), VALID_EXAMPLE),
    "B3": (Example(amounts={"INC.GENERAL": "约550"}), Example(amounts={"INC.GENERAL": "550.13万元"})),
    "B4": (Example(amounts={"EXP.BASIC": "3171300"}), Example(amounts={"EXP.BASIC": "3171300元"})),
    "B5": (Example(amounts={"EXP.BASIC": "713.13"}), VALID_EXAMPLE),
    "B6": (Example(last_year=_MUCH_LESS), Example(last_year=_LAST_YEAR)),
    "B7": (
        Example(known=KnownFacts(control=Decimal("545.13"))),
        Example(known=KnownFacts(control=Decimal("550.13"))),
    ),
    "B8": (
        Example(tasks=(("保障单位正常运转", "317.13"), ("建设数字档案馆一期", "223"))),
        Example(tasks=(("保障单位正常运转", "317.13"), ("建设数字档案馆一期", "233"))),
    ),
    "B9": (
        Example(
            amounts={
                "TOTAL": "5501300",
                "INC.GENERAL": "5501300",
                "EXP.BASIC": "3171300",
                "EXP.PROJECT": "2330000",
            }
        ),
        VALID_EXAMPLE,
    ),
}
