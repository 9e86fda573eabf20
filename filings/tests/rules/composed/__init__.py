"""Composed tables of a fictitious county on all editions, each in a valid variant and one with a single mistake."""

from filings.tests.rules.composed import economy, people, tasks, three_columns
from filings.tests.rules.composed.table import TableVariants

TABLES: tuple[TableVariants, ...] = (*people.TABLES, *economy.TABLES, *three_columns.TABLES, *tasks.TABLES)
