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
mkdir -p "$VAR_DIR"
if [ ! -s "$VAR_DIR/secret_key" ]; then
    (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))' >"$VAR_DIR/secret_key")
fi
SECRET_KEY=$(cat "$VAR_DIR/secret_key")
export VAR_DIR SECRET_KEY DEBUG=0 DEMO=1 HTTPS=0 ALLOWED_HOSTS=127.0.0.1,localhost

manage() { .venv/bin/python manage.py "$@"; }

manage migrate --verbosity 0
manage createcachetable
manage collectstatic --no-input --verbosity 0
if [ -e filings/management/commands/load_demo.py ]; then
    manage load_demo
fi

say "http://127.0.0.1:$PORT/ (Ctrl+C stops it)"
exec .venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$PORT" --workers 2 --blocking-threads 4 \
    --respawn-failed-workers --log-level warning perf_targets.wsgi:application
