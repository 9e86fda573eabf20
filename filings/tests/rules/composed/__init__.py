"""Composed tables of a county that does not exist, on all forms, each as it should be and with one trap in it."""

from filings.tests.rules.composed import economy, parted, people, tasks
from filings.tests.rules.composed.table import Composed

TABLES: tuple[Composed, ...] = (*people.TABLES, *economy.TABLES, *parted.TABLES, *tasks.TABLES)
