"""Settings for tests, protection of the history, and selection of the tests for each database."""

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
from django.utils import timezone
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from filings.models.tables import append_only
from filings.signing import demonstration_ca

TESTS = Path(__file__).parent
PURE = ("document", "rules", "table", "formats")
# These issue the queries of lower layers, so that they are tested on SQLite only, unless marked `both`.
PAGES = ("views", "admin", "actions", "importing", "exports", "letters", "demonstration", "management")
# Fixtures that give a test a database, besides the mark.
DATABASE = {"db", "transactional_db", "live_server"}
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
THOROUGH = os.environ.get("THOROUGH") == "1"

# No deadline: a busy machine must not fail a test.
hypothesis_settings.register_profile("usual", deadline=None, max_examples=30)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=500)
hypothesis_settings.load_profile("thorough" if THOROUGH else "usual")


@pytest.fixture(autouse=True, scope="session")
def settings_for_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Use a fast password hasher, plain HTTP, unhashed static files, and temporary directories for all files."""
    files: Path = tmp_path_factory.mktemp("files")
    storages = {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": files}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=storages,
        SIGNING_FILE="",
        VAR_DIR=tmp_path_factory.mktemp("var"),
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
    ):
        yield


@pytest.fixture(scope="session")
def signing_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a signing file with keys of the bureau and of the department 101001, for settings.SIGNING_FILE."""
    folder = tmp_path_factory.mktemp("signing") / "keys"
    return demonstration_ca.make(folder, {"101001": "演示单位"}, now=timezone.now())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Use SQLite in a file and close connections after each request.

    In a file, tests lock and wait as the program does; synchronous=OFF, because nothing needs to survive a crash.
    The live server of browser tests must not hold a connection when the database is removed.
    """
    connection.settings_dict["CONN_MAX_AGE"] = 0
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Protect the history as the migrations do, which usually do not run."""
    with django_db_blocker.unblock():
        append_only.install(connection)


@pytest.fixture(autouse=True)
def history_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Remove the append-only triggers while the tables are emptied after a test that commits, then restore them."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not commits and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    # Requested here, so that its teardown, which empties the tables, runs after that of this fixture.
    request.getfixturevalue("transactional_db")
    yield
    append_only.remove(connection)
    post_migrate.connect(_restore_history, sender=apps.get_app_config("filings"))


def _restore_history(**_signal: Any) -> None:
    append_only.install(connection)
    post_migrate.disconnect(_restore_history, sender=apps.get_app_config("filings"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Select the tests of this run.

    Tests of pure packages, of pages and other uppermost packages, and without a database are marked `once`: they run
    on one database only.
    """
    if not THOROUGH:
        _deselect(config, items, "thorough")
    if config.option.nomigrations:
        _deselect(config, items, "migrated")
    for item in items:
        uses_database = item.get_closest_marker("django_db") or DATABASE & {*getattr(item, "fixturenames", ())}
        package = item.path.relative_to(TESTS).parts[0]
        is_page = package in PAGES and not item.get_closest_marker("both")
        if not uses_database or is_page or package in PURE:
            item.add_marker(pytest.mark.once)
    other = {"sqlite": "postgres", "postgresql": "sqlite"}[connection.vendor]
    for item in items:
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=f"needs another database than {connection.vendor}"))


def _deselect(config: pytest.Config, items: list[pytest.Item], mark: str) -> None:
    marked = [item for item in items if item.get_closest_marker(mark)]
    items[:] = [item for item in items if not item.get_closest_marker(mark)]
    config.hook.pytest_deselected(items=marked)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report a skipped test as failed if REQUIRE_ALL=1."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped, though REQUIRE_ALL=1: {report.longrepr}"
    return report
