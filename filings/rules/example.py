"""A valid table that satisfies every rule, and examples, given by their differences from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from filings.document.content import FilingDocument, IndicatorRow, TaskRow, compose
from filings.document.edition import Column, Edition
from filings.rules.finding import KnownFacts, LastYear, RuleContext

YEAR = 2022
DEPARTMENT = "县档案馆"
AMOUNTS = {"TOTAL": "550.13", "INC.GENERAL": "550.13", "EXP.BASIC": "317.13", "EXP.PROJECT": "233"}
DUTIES = (
    "（一）负责全县档案的收集、整理和保管。",
    "（二）组织查阅服务和档案宣传。",
    "（三）建设数字档案馆。",
)
GOAL = "保障单位正常运转；接收进馆档案，建成数字档案馆一期，方便群众查档。"
WEIGHT = Column("weight", "权重")
# Names and targets by second-level key.
ROWS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "OUT.QTY": (("接收进馆档案", "≥5000卷"), ("数字化档案页数", "≥80万页")),
    "OUT.QUAL": (("档案数字化验收合格率", "≥98%"),),
    "OUT.COST": (("人员和公用经费支出", "≤317.13万元"), ("数字档案馆项目支出", "≤233万元")),
    "OUT.TIME": (("数字档案馆一期完工时间", "2022年11月底前"),),
    "BEN.ECON": (("节约档案异地保管费用", "≥12万元"),),
    "BEN.SOC": (("群众查档一次办结率", "≥95%"),),
    "BEN.SUST": (("数字化设备使用年限", "≥8年"),),
    "BEN.SAT": (("查档群众满意度", "≥95%"),),
}


@dataclass(frozen=True)
class Example:
    """Differences of a table from the valid one; parts that are None or missing are the same.

    `amounts` are by budget line, `rows` replace those of their second level, `weights` are by name of row, `tasks` are
    (name, amount). `last_year` is the table approved the year before, as another example.
    """

    amounts: Mapping[str, str] = field(default_factory=dict)
    duties: tuple[str, ...] | None = None
    goal: str | None = None
    rows: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)
    tasks: tuple[tuple[str, str], ...] = ()
    last_year: "Example | None" = None
    known: KnownFacts = field(default_factory=KnownFacts)

    def edition_with_weights(self, edition: Edition) -> Edition:
        """Add a column of weights to the edition if the example has any."""
        return replace(edition, columns=(*edition.columns, WEIGHT)) if self.weights else edition

    def context(self, edition: Edition) -> RuleContext:
        """Build the rules' context on an edition that has the lines and classes of the founding one."""
        edition = self.edition_with_weights(edition)
        limits = {code: Decimal(limit) for code, limit in edition.limits.items()}
        return RuleContext(self.document(edition), edition, self.known_facts(edition), limits)

    def document(self, edition: Edition, year: int = YEAR) -> FilingDocument:
        """Compose the complete table."""
        return compose_with_tasks(
            edition,
            year=year,
            amounts={**AMOUNTS, **self.amounts},
            duties=DUTIES if self.duties is None else self.duties,
            goal=GOAL if self.goal is None else self.goal,
            rows={**ROWS, **self.rows},
            weights=self.weights,
            tasks=self.tasks,
        )

    def known_facts(self, edition: Edition) -> KnownFacts:
        """Return the known facts, including last year's table."""
        if self.last_year is None:
            return self.known
        last_year = LastYear(self.last_year.document(edition, YEAR - 1), edition)
        return replace(self.known, last_year=last_year)


VALID_EXAMPLE = Example()


def compose_with_tasks(
    edition: Edition,
    *,
    year: int,
    amounts: Mapping[str, str],
    duties: tuple[str, ...],
    goal: str,
    rows: Mapping[str, tuple[tuple[str, str], ...]],
    weights: Mapping[str, str],
    tasks: tuple[tuple[str, str], ...],
) -> FilingDocument:
    """Compose a document. Rows get the keys r1, r2 …, duties d1, d2 …, tasks t1, t2 …

    The tasks are added even if the edition has no task table.
    """
    named = [(node, name, target) for node, pairs in rows.items() for name, target in pairs]
    document = compose(
        edition,
        year=year,
        fields={"filing_unit": DEPARTMENT, "department": DEPARTMENT},
        amounts=amounts,
        duties=[(f"d{number}", text) for number, text in enumerate(duties, start=1)],
        goals=[goal],
        indicators=[
            IndicatorRow(f"r{number}", node, "", "", name, target, {"weight": weights.get(name, "")})
            for number, (node, name, target) in enumerate(named, start=1)
        ],
    )
    lines = tuple(TaskRow(f"t{n}", {"name": name, "amount": amount}) for n, (name, amount) in enumerate(tasks, start=1))
    return replace(document, tasks=lines)
