"""Accessible names of the table's fields: section, row and column."""

from collections import Counter
from collections.abc import Mapping

from filings.document import place
from filings.document.content import UNCLASSIFIED
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.sections import section_label
from filings.document.text import bare
from filings.drafts import Draft
from filings.rules.money.budget import name_of


def cell_labels(draft: Draft) -> dict[Place, str]:
    """Label every cell that can be filled in."""
    edition = draft.edition
    labels = {place.field(item.key): bare(item.label).rstrip("：:") for item in (*edition.header, *edition.footer)}
    for section in edition.sections:
        if section.kind == "field":
            labels[place.field(section.key)] = bare(section.label)
        elif section.kind == "goal":
            labels[place.goal()] = bare(section.label)
    labels |= {place.amount(line.key): f"{name_of(line)}，{edition.unit}" for line in edition.lines}
    labels |= {place.duty(duty.key): f"职责第 {number} 条" for number, duty in enumerate(draft.raw.duties, start=1)}
    heads = {column.key: bare(column.label) for column in edition.task_columns}
    for number, task in enumerate(draft.raw.tasks, start=1):
        labels |= {place.task(task.key, column): f"任务第 {number} 行，{head}" for column, head in heads.items()}
    return labels | _indicator_labels(draft, edition)


def row_label(at: Place, labels: Mapping[Place, str], edition: Edition) -> str:
    """Name the row, class or field at a place as `labels`, the labels of all cells, do; otherwise its section."""
    if at.section == "nodes":
        nodes = {node.key: node.label for first in edition.tree for node in (first, *first.children)}
        return bare(nodes.get(at.key, "")) or section_label(at, edition)
    first_cells = {"indicators": "name", "tasks": edition.task_columns[0].key if edition.task_columns else ""}
    cell = at if at in labels else Place(at.section, at.key, first_cells.get(at.section, ""))
    return labels[cell].partition("，")[0] if cell in labels else section_label(at, edition)


def _indicator_labels(draft: Draft, edition: Edition) -> dict[Place, str]:
    """Label indicators by their class and their number within it."""
    columns = {column.key: bare(column.label) for column in edition.columns} | {"node": "所属二级指标"}
    numbers: Counter[tuple[str | None, str]] = Counter()
    labels = {}
    for row in draft.raw.indicators:
        levels = edition.levels(row.node) if row.node else None
        class_ = bare(levels[1].label) if levels else row.second_level or UNCLASSIFIED
        numbers[row.node, class_] += 1
        for column in ("name", "target", "node", *(column.key for column in edition.further_columns)):
            labels[place.indicator(row.key, column)] = f"{class_}第 {numbers[row.node, class_]} 行，{columns[column]}"
    return labels
