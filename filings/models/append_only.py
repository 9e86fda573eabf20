"""The triggers that keep revisions and events as they were written, on SQLite and PostgreSQL.

Their SQL stands here alone. SQLite rebuilds a table to alter it and silently loses its triggers: a migration that
alters one of TABLES ends with `install` again, and a test tries to change rows after a full migrate.
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
    """Put the triggers in place; harmless where they stand already."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for table in TABLES:
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: to go back before the migration, and for tests that empty the tables afterwards."""
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
