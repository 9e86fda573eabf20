#!/bin/sh
# Set up the program on a bare Debian 12 and run all checks and tests that this machine can run; list those it cannot.
#   ./test.sh [--no-apt]                     everything
#   ./test.sh [--no-apt] ARGUMENTS…          only pytest with these arguments, on SQLite
# THOROUGH=1 adds the tests marked `thorough` and runs property tests with 500 examples instead of 30.
# TEST_DATABASE_URL: a PostgreSQL whose user may create databases; default 127.0.0.1:5432 without a password.
# REQUIRE_ALL=1 makes every skipped part a failure.
set -eu
cd "$(dirname "$0")"
. deploy/set-up.sh

skipped=""
skip() {
    [ "${REQUIRE_ALL:-0}" != 1 ] || fail "FAILED, REQUIRE_ALL=1 allows no skips: $1"
    say "SKIPPED: $1"
    skipped="$skipped
  $1"
}

step() {
    say "" "== $*"
    "$@"
}

# Ignore settings of the caller's environment.
unset DEBUG DEMO HTTPS PROXIES ALLOWED_HOSTS SECRET_KEY DATABASE_URL

check_deployment() {
    env SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        ALLOWED_HOSTS=jixiao.example.cn .venv/bin/python manage.py check --deploy --fail-level WARNING
}

# $1: address of the database, empty for SQLite; $2: processes; $3: which tests
run_tests() {
    env DATABASE_URL="$1" .venv/bin/python -m pytest -n "$2" --dist worksteal -m "$3"
}

# $1: address of the database, empty for SQLite
test_migrations() {
    env DATABASE_URL="$1" .venv/bin/python -m pytest --migrations -m migrated filings/tests/models
}

# Compile all tests once, instead of once in each process of the following runs.
collect_tests() {
    collected=$(.venv/bin/python -m pytest --collect-only -q) || fail "$collected"
    say "$collected" | tail -n 1
}

is_reachable() {
    .venv/bin/python -c 'import sys, psycopg2; psycopg2.connect(sys.argv[1], connect_timeout=2).close()' "$1" 2>/dev/null
}

has_browser() { command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null; }
has_office() { command -v soffice >/dev/null; }

missing_for_tests() {
    command -v pdftotext >/dev/null || say poppler-utils
    command -v qpdf >/dev/null || say qpdf
    command -v softhsm2-util >/dev/null || say softhsm2
    # Needed by Playwright's driver.
    if has_browser; then missing_library libatomic.so.1 libatomic1; fi
}

install_packages $(missing_packages) $(missing_for_tests)
install_requirements requirements-dev.txt

if [ $# -gt 0 ]; then
    exec .venv/bin/python -m pytest "$@"
fi

step .venv/bin/ruff check .
step .venv/bin/ruff format --check .
step .venv/bin/mypy --strict
step .venv/bin/oxlint static/js
step .venv/bin/djlint --lint --quiet templates
step .venv/bin/python manage.py makemigrations --check --dry-run
step check_deployment

browser=""
if ! has_browser; then
    skip "the journeys in a browser: chromium is not installed"
    browser=" and not browser"
fi
office=""
if ! has_office; then
    skip "files of old programs (.doc, .wps …): LibreOffice is not installed"
    office=" and not office"
fi
step collect_tests
# A browser leaves a processor idle while a page waits.
step run_tests "" 3 "not postgres$browser$office"

step test_migrations ""

postgresql=${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}
if is_reachable "$postgresql"; then
    say "" "== the same on PostgreSQL"
    run_tests "$postgresql" 2 "not sqlite and not once$browser"
    test_migrations "$postgresql"
else
    skip "the tests on PostgreSQL: no connection to TEST_DATABASE_URL or to 127.0.0.1:5432 without a password"
fi

say "" "All passed."
[ -z "$skipped" ] || say "Skipped on this machine:$skipped"
