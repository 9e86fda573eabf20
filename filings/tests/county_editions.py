"""Drafts on the other forms: values in three columns, and tasks in the place of the budget block."""

from filings import drafts
from filings.document.bundled_editions import editions
from filings.document.place import Place
from filings.models import Filing
from filings.models.edition import store
from filings.tests.county import County

PARTED, TASKS = "standard-2024", "task-table"


def on_form(county: County, code: str) -> Filing:
    """A fresh draft of the department on this form."""
    county.cycle.edition = store(editions()[code])
    county.cycle.save()
    return county.started()


def tasks(filing: Filing) -> list[tuple[str, ...]]:
    """Name, content and amount of each task, in order."""
    return [tuple(task.cells[column] for column in ("name", "content", "amount")) for task in drafts.raw(filing).tasks]


def first_task(filing: Filing) -> Place:
    return Place("tasks", drafts.raw(filing).tasks[0].key)


def first_row(filing: Filing, node: str) -> Place:
    """The first indicator of a class."""
    return next(Place("indicators", row.key) for row in drafts.raw(filing).indicators if row.node == node)
