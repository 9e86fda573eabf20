# Set-up shared by run.sh and test.sh: system packages, virtual environment, locked requirements. Sourced, POSIX sh.

# Every process would compile all modules again.
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$@"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Print the missing Debian packages.
missing_packages() {
    python3 -c 'import ensurepip, venv' 2>/dev/null || say python3-venv
    missing_library libpango-1.0.so.0 libpango-1.0-0
    missing_library libpangoft2-1.0.so.0 libpangoft2-1.0-0
    missing_library libharfbuzz-subset.so.0 libharfbuzz-subset0
}

missing_library() {
    /sbin/ldconfig -p | grep -q "$1" || say "$2"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        sh -c "$1"
    elif command -v sudo >/dev/null; then
        sudo sh -c "$1"
    else
        fail "This needs root, and there is no sudo. Have it run by root, then start again."
    fi
}

install_packages() {
    [ $# -gt 0 ] || return 0
    line="apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $*"
    say "Missing on this machine: $*. As root:" "    $line"
    [ "$use_apt" -eq 1 ] || fail "Left out because of --no-apt. Have it run by root, then start again."
    as_root "$line" >/dev/null
}

# A file in .venv for each requirements file, with the hashes of the files that were installed.
stamp_of() { say ".venv/installed-$1.sha256"; }

is_installed() {
    [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null && sha256sum --status -c "$(stamp_of "$1")" 2>/dev/null
}

# $1: requirements.txt or requirements-dev.txt
install_requirements() {
    is_installed "$1" && return
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed."
    .venv/bin/python -c 'import pip' 2>/dev/null || python3 -m venv --clear .venv
    say "Installing $1 into .venv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$1"
    sha256sum requirements.txt >"$(stamp_of requirements.txt)"
    if [ "$1" != requirements.txt ]; then
        sha256sum requirements.txt "$1" >"$(stamp_of "$1")"
    fi
}

use_apt=1
if [ "${1:-}" = --no-apt ]; then
    use_apt=0
    shift
fi
