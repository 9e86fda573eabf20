"""How a composed table is put together out of plain parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, TaskRow, compose
from filings.document.edition import Column, Edition
from filings.rules.finding import KnownFacts, LastYear

EDITION = editions()["hunan-county-2022"]
WITH_WEIGHTS = replace(EDITION, columns=(*EDITION.columns, Column("weight", "权重")))
YEAR = 2024
DEPARTMENTS = (
    "青禾县教育局",
    "青禾县卫生健康局",
    "青禾县农业农村局",
    "青禾县交通运输局",
    "青禾县民政局",
    "青禾县文化旅游广电体育局",
    "青禾县林业局",
    "青禾县住房和城乡建设局",
    "青禾县市场监督管理局",
    "青禾县档案馆",
    "青禾县财政局",
    "青禾县司法局",
    "青禾县水利局",
    "青禾县统计局",
    "青禾县人力资源和社会保障局",
    "青禾县退役军人事务局",
    "青禾县图书馆",
    "中共青禾县委组织部",
)

Rows = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class TableParts:
    """What a department writes: amounts by budget line, rows as (second level, name, target), weights and notes in
    their order, tasks as (name, amount) or (name, content, amount)."""

    department: str
    amounts: Mapping[str, str]
    duties: tuple[str, ...]
    goal: str
    rows: Rows
    tasks: tuple[tuple[str, ...], ...] = ()
    weights: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)

    def with_target(self, name: str, target: str) -> "TableParts":
        """The same with another target in the row of that name."""
        return replace(self, rows=tuple((node, at, target if at == name else old) for node, at, old in self.rows))

    def document(self, edition: Edition = EDITION, year: int = YEAR) -> FilingDocument:
        """The table. Rows have the keys r1, r2 …, duties d1, d2 …, tasks t1, t2 …"""
        weights, notes = dict(enumerate(self.weights)), dict(enumerate(self.notes))
        tasks = tuple(
            TaskRow(f"t{at}", {"name": name, "content": "".join(content), "amount": amount})
            for at, (name, *content, amount) in enumerate(self.tasks, start=1)
        )
        composed = compose(
            edition,
            year=year,
            fields={"filing_unit": self.department, "department": self.department, **self.fields},
            amounts=self.amounts,
            duties=[(f"d{at}", text) for at, text in enumerate(self.duties, start=1)],
            goals=[self.goal],
            indicators=[
                IndicatorRow(
                    f"r{at + 1}",
                    node,
                    "",
                    "",
                    name,
                    target,
                    {"weight": weights.get(at, ""), "note": notes.get(at, "")},
                )
                for at, (node, name, target) in enumerate(self.rows)
            ],
            tasks=tasks,
        )
        # Rules hold tasks against the total on a form that prints none, too.
        return composed if edition.has("tasks") else replace(composed, tasks=tasks)


@dataclass(frozen=True)
class Composed:
    """A table that a reviewer would pass, and the same with one trap in it. `name` says which department and trap."""

    name: str
    edition: Edition
    sound: FilingDocument
    trap: FilingDocument
    known: KnownFacts = field(default_factory=KnownFacts)


def composed(
    name: str, sound: TableParts, trap: TableParts, *, edition: Edition = EDITION, before: TableParts | None = None
) -> Composed:
    """Both variants, with all departments known and last year's table where there is one."""
    last_year = LastYear(before.document(edition, YEAR - 1), edition) if before else None
    others = tuple(other for other in DEPARTMENTS if other != sound.department)
    known = KnownFacts(department=sound.department, departments=others, last_year=last_year)
    return Composed(name, edition, sound.document(edition), trap.document(edition), known)
