#!/bin/sh
# Compile pyproject.toml into requirements.txt and requirements-dev.txt, with hashes. Needs uv.
# Locked versions stay unless pyproject.toml requires others; --upgrade takes newer ones.
set -eu
cd "$(dirname "$0")/.."

compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command deploy/lock.sh "$@"
}

compile "$@" pyproject.toml --output-file requirements.txt

# requirements-dev.txt holds only packages that requirements.txt does not hold for every platform.
set -- "$@" $(sed -n '/^[^ ]* ; /d; s/^\([a-zA-Z0-9._-]*\)==.*/--no-emit-package \1/p' requirements.txt)
sed -i '/^-r /d' requirements-dev.txt 2>/dev/null || true
compile "$@" --group dev --constraint requirements.txt --output-file requirements-dev.txt
sed -i '0,/^[^#]/s/^[^#]/-r requirements.txt\n\n&/' requirements-dev.txt
