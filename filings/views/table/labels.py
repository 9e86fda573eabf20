"""What each field of the table is called for people who hear the page: its section, its row, its column."""

from collections import Counter

from filings.document import place
from filings.document.content import UNCLASSIFIED
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.text import bare
from filings.drafts import Draft
from filings.rules.money.budget import name_of


def cell_labels(draft: Draft) -> dict[Place, str]:
    """A label for every cell that can be filled in."""
    edition = draft.edition
    found = {place.field(item.key): bare(item.label).rstrip("：:") for item in (*edition.header, *edition.footer)}
    for section in edition.sections:
        if section.kind == "field":
            found[place.field(section.key)] = bare(section.label)
        elif section.kind == "goal":
            found[place.goal()] = bare(section.label)
    found |= {place.amount(line.key): f"{name_of(line)}，{edition.unit}" for line in edition.lines}
    found |= {place.duty(duty.key): f"职责第 {at} 条" for at, duty in enumerate(draft.raw.duties, start=1)}
    heads = {column.key: bare(column.label) for column in edition.task_columns}
    for at, task in enumerate(draft.raw.tasks, start=1):
        found |= {place.task(task.key, column): f"任务第 {at} 行，{head}" for column, head in heads.items()}
    return found | _indicator_labels(draft, edition)


def _indicator_labels(draft: Draft, edition: Edition) -> dict[Place, str]:
    columns = {column.key: bare(column.label) for column in edition.columns} | {"node": "所属二级指标"}
    numbers: Counter[tuple[str | None, str]] = Counter()
    found = {}
    for row in draft.raw.indicators:
        levels = edition.levels(row.node) if row.node else None
        class_ = bare(levels[1].label) if levels else row.second_level or UNCLASSIFIED
        numbers[row.node, class_] += 1
        for column in ("name", "target", "node", *(column.key for column in edition.further_columns)):
            found[place.indicator(row.key, column)] = f"{class_}第 {numbers[row.node, class_]} 行，{columns[column]}"
    return found
