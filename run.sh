#!/bin/sh
# Set up the program on a bare Debian 12 and serve its demonstration on this machine only.
#   ./run.sh [--no-apt] [--dev]
# --dev: Django's development server with DEBUG=1, which reloads when code changes.
# PORT, VAR_DIR and DATABASE_URL may be set; DEMO_COUNTY=0 loads a few departments only. Data is kept between starts.
set -eu
cd "$(dirname "$0")"
. deploy/set-up.sh

dev=0
while [ $# -gt 0 ]; do
    case $1 in
    --dev) dev=1 ;;
    --no-apt) use_apt=0 ;;
    *) fail "usage: ./run.sh [--no-apt] [--dev]" ;;
    esac
    shift
done

install_packages $(missing_packages)
install_requirements requirements.txt

VAR_DIR=${VAR_DIR:-var}
PORT=${PORT:-8000}
# Data and the secret key are readable by this user only.
umask 077
mkdir -p "$VAR_DIR"
if [ ! -s "$VAR_DIR/secret_key" ]; then
    .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))' >"$VAR_DIR/secret_key"
fi
SECRET_KEY=$(cat "$VAR_DIR/secret_key")
DEBUG=$dev
# Printed on copies; their QR codes lead there.
SITE_ADDRESS=${SITE_ADDRESS:-http://127.0.0.1:$PORT}
export VAR_DIR SECRET_KEY DEBUG SITE_ADDRESS DEMO=1 HTTPS=0 ALLOWED_HOSTS=127.0.0.1,localhost

manage() { .venv/bin/python manage.py "$@"; }

manage migrate --verbosity 0
manage createcachetable --verbosity 0
# The demonstration signs its copies with certificates of its own, which are made once.
if [ -z "${SIGNING_FILE:-}" ]; then
    SIGNING_FILE="$VAR_DIR/signing/signing.toml"
    [ -s "$SIGNING_FILE" ] || manage make_test_ca >/dev/null
fi
export SIGNING_FILE
manage load_demo
# The other departments follow while the first pages are looked at; an interrupted load goes on at the next start.
county=""
if [ "${DEMO_COUNTY:-1}" -eq 1 ]; then
    nice .venv/bin/python manage.py load_demo_county >"$VAR_DIR/county.log" 2>&1 &
    county=$!
fi

# Start the background worker again whenever it ends, until this process is stopped.
# In a session of its own it does not get Ctrl+C as well: on a second signal it would break off its task.
keep_worker() {
    trap 'kill "$worker" 2>/dev/null; wait "$worker"; exit 0' INT TERM
    while :; do
        setsid .venv/bin/python manage.py run_worker "$@" &
        worker=$!
        wait "$worker" || :
        sleep 1
    done
}

# Stop web server and worker, and wait for both, so that no process is left behind.
stop() {
    trap - INT TERM HUP
    # shellcheck disable=SC2086  # none or one
    kill "$web" "$background" $county 2>/dev/null || :
    # shellcheck disable=SC2086
    wait "$web" "$background" $county 2>/dev/null || :
}

# $1: options of the worker; then the command of the web server. Returns when either is stopped.
serve() {
    options=$1
    shift
    say "http://127.0.0.1:$PORT/ (Ctrl+C stops it)"
    web="" background=""
    trap 'stop; exit 0' INT TERM HUP
    # shellcheck disable=SC2086  # no option or several
    keep_worker $options &
    background=$!
    "$@" &
    web=$!
    status=0
    wait "$web" || status=$?
    stop
    exit "$status"
}

if [ "$dev" -eq 1 ]; then
    serve --reload .venv/bin/python manage.py runserver "127.0.0.1:$PORT"
fi

# Collecting takes half of the start, so it is repeated only when a static file or a package has changed.
current=$(find requirements.txt static -type f -exec sha256sum {} + | sort | sha256sum)
if [ "$current" != "$(cat "$VAR_DIR/static.sha256" 2>/dev/null)" ]; then
    manage collectstatic --no-input --clear --verbosity 0
    say "$current" >"$VAR_DIR/static.sha256"
fi
# A web worker that is still starting may miss the signal to stop, hence the timeout.
serve "" .venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$PORT" --workers 2 --blocking-threads 4 \
    --respawn-failed-workers --workers-kill-timeout 5 --log-level warning perf_targets.wsgi:application
