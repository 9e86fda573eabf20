"""Ten composed tables of a county that does not exist, each as it should be and with one trap in it."""

from filings.tests.rules.composed import economy, people
from filings.tests.rules.composed.table import Composed

TABLES: tuple[Composed, ...] = (*people.TABLES, *economy.TABLES)
