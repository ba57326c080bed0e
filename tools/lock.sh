#!/bin/sh
# Compile the hash-pinned locks from pyproject.toml. Needs uv; run after changing a dependency.
# No registry address may end up in a lock, so indexes and links are left out.
set -eu
cd "$(dirname "$0")/.."
compile() {
    output=$1
    shift
    uv pip compile pyproject.toml --quiet --universal --generate-hashes --python-version 3.11 \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@" -o "$output"
}
compile requirements.lock
compile requirements-test.lock --group test --group lint
compile requirements-e2e.lock --group test --group lint --group e2e
