"""Run the program with temporary data for a benchmark: settings, a database, the server of run.sh, large filings.

Everything is removed afterwards. Django is imported inside functions, after the settings are in the environment, where
the server and other processes started meanwhile read them too.
"""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg2

from bench.waiting import wait_for
from filings.document.content import FilingDocument
from filings.tests.founding import with_indicators, with_long_duties

if TYPE_CHECKING:
    from filings.models import Cycle, Department, Filing, User

HOST = "127.0.0.1"
POSTGRESQL = os.environ.get("TEST_DATABASE_URL", f"postgres://postgres@{HOST}:5432/postgres")
# Together with two fields, seven amounts and the goal: 60 texts.
DUTIES = 50
CHARACTERS_OF_A_DUTY = 100
LONGEST_START = 60.0
OPTIONS = "--respawn-failed-workers --workers-kill-timeout 5 --log-level warning"


@contextmanager
def set_up(database: str = "") -> Iterator[None]:
    """Set up settings for local access, a temporary folder and the tables, on SQLite unless a database is given."""
    with TemporaryDirectory() as folder:
        os.environ |= {
            "VAR_DIR": folder,
            "DATABASE_URL": database,
            "SECRET_KEY": secrets.token_urlsafe(64),
            "DEBUG": "0",
            "DEMO": "0",
            "HTTPS": "0",
            "ALLOWED_HOSTS": HOST,
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "perf_targets.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield
        connections.close_all()


@contextmanager
def postgresql() -> Iterator[str | None]:
    """Create a database that is dropped afterwards and yield its URL; None if PostgreSQL cannot be connected to."""
    try:
        server = psycopg2.connect(POSTGRESQL, connect_timeout=2)
    except psycopg2.OperationalError:
        yield None
        return
    server.autocommit = True
    name = f"bench_{os.getpid()}"
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{POSTGRESQL.rpartition('/')[0]}/{name}"
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            server.close()


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """Start the server as run.sh does, on a free port; yield the port and the process id."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    granian = Path(sys.executable).with_name("granian")
    options = f"--interface wsgi --host {HOST} --port {port} --workers 2 --blocking-threads 4 {OPTIONS}"
    server = subprocess.Popen([granian, *options.split(), "perf_targets.wsgi:application"])
    try:
        wait_for(f"http://{HOST}:{port}/", server, LONGEST_START)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def large_document(rows: int) -> FilingDocument:
    """Return a document with 60 texts, all filled in, and `rows` indicators."""
    return replace(with_indicators(rows), duties=with_long_duties(60 * CHARACTERS_OF_A_DUTY).duties[:DUTIES])


def filled(cycle: "Cycle", department: "Department", document: FilingDocument, *, by: "User") -> "Filing":
    """Create a draft of a department with this content."""
    from filings import drafts
    from filings.lifecycle import workflow

    filing = workflow.start(cycle, department, by=by)
    drafts.put(filing, document, by=by)
    return filing
