"""How tests differ from the program as it is served, and which of them this machine cannot run."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models.signals import post_migrate
from django.test.utils import override_settings
from hypothesis import settings as hypothesis_settings

from filings.models import append_only

TESTS = Path(__file__).parent
PURE = ("document", "rules", "table", "formats")
# Pages ask the database what the rooms below ask it, and pass on SQLite; those marked `both` on both.
PAGES = ("views", "admin")
# Fixtures by which a test asks a database, beside the mark.
DATABASE = {"db", "transactional_db", "live_server"}
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"

# That the machine is busy is no fault of what is tested.
hypothesis_settings.register_profile("usual", deadline=None, max_examples=30)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=500)
hypothesis_settings.load_profile("thorough" if os.environ.get("THOROUGH") == "1" else "usual")


@pytest.fixture(autouse=True, scope="session")
def settings_for_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Quick passwords, plain HTTP, static files as they lie, issued copies in a directory of their own."""
    files: Path = tmp_path_factory.mktemp("files")
    storages = {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": files}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=storages,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file and not in memory, so that tests lock and wait as the program does, but nothing of it need reach
    the disk; and no connection outlives its request, so that the server of a browser's journey holds none when the
    database is removed."""
    connection.settings_dict["CONN_MAX_AGE"] = 0
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(autouse=True)
def history_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits is followed by emptying all tables, which the triggers of the history refuse: they are lifted
    for that moment, and put back once the tables are empty."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not commits and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    # Asked for here, so that the emptying comes after the end of this fixture.
    request.getfixturevalue("transactional_db")
    yield
    append_only.remove(connection)
    post_migrate.connect(_restore_history, sender=apps.get_app_config("filings"))


def _restore_history(**told: Any) -> None:
    append_only.install(connection)
    post_migrate.disconnect(_restore_history, sender=apps.get_app_config("filings"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the pure rooms, and others that ask no database, are passed once."""
    for item in items:
        asks = item.get_closest_marker("django_db") or DATABASE & {*getattr(item, "fixturenames", ())}
        is_page = item.path.parent.name in PAGES and not item.get_closest_marker("both")
        if not asks or is_page or {*item.path.relative_to(TESTS).parts[:-1]} & {*PURE}:
            item.add_marker(pytest.mark.once)
    other = {"sqlite": "postgres", "postgresql": "sqlite"}[connection.vendor]
    for item in items:
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=f"needs another database than {connection.vendor}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything must run, a skipped test is a failed one."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped, though REQUIRE_ALL=1: {report.longrepr}"
    return report
