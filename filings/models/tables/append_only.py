"""Database triggers that make revisions and events append-only, on SQLite and PostgreSQL.

Triggers rather than checks in models: they also refuse bulk updates, raw SQL and database clients, so that history
cannot be rewritten by any code path.

SQLite rebuilds a table to alter it and silently drops its triggers: a migration that alters one of TABLES must end
with `install`, and a test tries to change rows after a full migrate.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("filings_revision", "filings_event")

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION filings_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION filings_refuse_change()
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; existing ones are kept or replaced."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for table in TABLES:
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, to reverse the migration and for tests that truncate the tables."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
                continue
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [_POSTGRESQL.format(table=table)]
    return [_SQLITE.format(table=table, verb=verb) for verb in ("update", "delete")]
