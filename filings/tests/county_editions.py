"""Drafts on other editions: targets in three columns, and tasks instead of the budget block."""

from filings import drafts
from filings.document.bundled_editions import editions
from filings.document.place import Place
from filings.editions.store import store
from filings.models import Filing
from filings.tests.county import County

PARTED, TASKS = "standard-2024", "task-table"


def on_form(county: County, code: str) -> Filing:
    """Start a draft of the department on this edition."""
    county.cycle.edition = store(editions()[code])
    county.cycle.save()
    return county.started()


def tasks(filing: Filing) -> list[tuple[str, ...]]:
    """Return (name, content, amount) of each task in order."""
    return [tuple(task.cells[column] for column in ("name", "content", "amount")) for task in drafts.raw(filing).tasks]


def first_task(filing: Filing) -> Place:
    return Place("tasks", drafts.raw(filing).tasks[0].key)


def first_row(filing: Filing, node: str) -> Place:
    """Return the first indicator of a class."""
    return next(Place("indicators", row.key) for row in drafts.raw(filing).indicators if row.node == node)
