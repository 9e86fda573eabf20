"""Builders of composed tables."""

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
    """Contents of a department's table.

    `amounts` are by budget line, `rows` are (second level, name, target), `weights` and `notes` are in the order of the
    rows, `tasks` are (name, amount) or (name, content, amount).
    """

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
        """Replace the target of the row with this name."""
        rows = ((node, row, target if row == name else old) for node, row, old in self.rows)
        return replace(self, rows=tuple(rows))

    def document(self, edition: Edition = EDITION, year: int = YEAR) -> FilingDocument:
        """Compose the document. Rows have the keys r1, r2 …, duties d1, d2 …, tasks t1, t2 …"""
        weights, notes = dict(enumerate(self.weights)), dict(enumerate(self.notes))
        tasks = tuple(
            TaskRow(f"t{number}", {"name": name, "content": "".join(content), "amount": amount})
            for number, (name, *content, amount) in enumerate(self.tasks, start=1)
        )
        document = compose(
            edition,
            year=year,
            fields={"filing_unit": self.department, "department": self.department, **self.fields},
            amounts=self.amounts,
            duties=[(f"d{number}", text) for number, text in enumerate(self.duties, start=1)],
            goals=[self.goal],
            indicators=[
                IndicatorRow(
                    f"r{index + 1}",
                    node,
                    "",
                    "",
                    name,
                    target,
                    {"weight": weights.get(index, ""), "note": notes.get(index, "")},
                )
                for index, (node, name, target) in enumerate(self.rows)
            ],
            tasks=tasks,
        )
        # Tasks are compared with the total even if the edition has no task table.
        return document if edition.has("tasks") else replace(document, tasks=tasks)


@dataclass(frozen=True)
class TableVariants:
    """A valid table and a copy with one mistake; `name` contains the department and the mistake."""

    name: str
    edition: Edition
    valid: FilingDocument
    mistaken: FilingDocument
    known: KnownFacts = field(default_factory=KnownFacts)


def compose_tables(
    name: str, valid: TableParts, mistaken: TableParts, *, edition: Edition = EDITION, before: TableParts | None = None
) -> TableVariants:
    """Compose both variants, with all departments known and last year's table if given."""
    last_year = LastYear(before.document(edition, YEAR - 1), edition) if before else None
    others = tuple(other for other in DEPARTMENTS if other != valid.department)
    known = KnownFacts(department=valid.department, departments=others, last_year=last_year)
    return TableVariants(name, edition, valid.document(edition), mistaken.document(edition), known)
