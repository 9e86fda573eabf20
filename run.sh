#!/bin/sh
# Sets up the program on a bare Debian 12 and serves its demonstration on this machine alone.
#   ./run.sh [--no-apt]      PORT, VAR_DIR and DATABASE_URL may be set. A second start keeps the data.
set -eu
cd "$(dirname "$0")"
. deploy/set-up.sh

install_packages $(missing_packages)
install_requirements requirements.txt

VAR_DIR=${VAR_DIR:-var}
PORT=${PORT:-8000}
# What lies in there is nobody else's business.
umask 077
mkdir -p "$VAR_DIR"
if [ ! -s "$VAR_DIR/secret_key" ]; then
    .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))' >"$VAR_DIR/secret_key"
fi
SECRET_KEY=$(cat "$VAR_DIR/secret_key")
export VAR_DIR SECRET_KEY DEBUG=0 DEMO=1 HTTPS=0 ALLOWED_HOSTS=127.0.0.1,localhost

manage() { .venv/bin/python manage.py "$@"; }

manage migrate --verbosity 0
manage createcachetable --verbosity 0
# Naming and packing the static files takes half of the start, and they seldom change.
current=$(find requirements.txt static -type f -exec sha256sum {} + | sort | sha256sum)
if [ "$current" != "$(cat "$VAR_DIR/static.sha256" 2>/dev/null)" ]; then
    manage collectstatic --no-input --clear --verbosity 0
    say "$current" >"$VAR_DIR/static.sha256"
fi
manage load_demo

say "http://127.0.0.1:$PORT/ (Ctrl+C stops it)"
# A worker told to stop while it starts up may not hear it, hence the timeout.
exec .venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$PORT" --workers 2 --blocking-threads 4 \
    --respawn-failed-workers --workers-kill-timeout 5 --log-level warning perf_targets.wsgi:application
