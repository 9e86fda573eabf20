"""A sound table that every rule is content with, and examples, which say in what they differ from it."""

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
# By second level: names and targets.
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
    """In what a table differs from the sound one. What is None or not named stays as it is there.

    `amounts` by budget line; `rows` replace those of their second level; `weights` by names of rows; `tasks` are
    (name, amount); `last_year` is what was approved the year before, as another example; `known` whatever else is
    known.
    """

    amounts: Mapping[str, str] = field(default_factory=dict)
    duties: tuple[str, ...] | None = None
    goal: str | None = None
    rows: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)
    tasks: tuple[tuple[str, str], ...] = ()
    last_year: "Example | None" = None
    known: KnownFacts = field(default_factory=KnownFacts)

    def form(self, edition: Edition) -> Edition:
        """The form that the example is on: with a column of weights where it has any."""
        return replace(edition, columns=(*edition.columns, WEIGHT)) if self.weights else edition

    def case(self, edition: Edition) -> RuleContext:
        """What a rule looks at, on a form that has the lines and classes of the founding one."""
        form = self.form(edition)
        limits = {code: Decimal(limit) for code, limit in form.limits.items()}
        return RuleContext(self.document(form), form, self.circumstances(form), limits)

    def document(self, edition: Edition, year: int = YEAR) -> FilingDocument:
        """The whole table."""
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

    def circumstances(self, edition: Edition) -> KnownFacts:
        """What is known besides, last year's table included."""
        if self.last_year is None:
            return self.known
        before = LastYear(self.last_year.document(edition, YEAR - 1), edition)
        return replace(self.known, last_year=before)


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
    """A document out of plain parts. Rows get the keys r1, r2 …, duties d1, d2 …, tasks t1, t2 …"""
    named = [(node, name, target) for node, found in rows.items() for name, target in found]
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
