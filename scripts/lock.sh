#!/bin/sh
# Pins every package again: the newest that pyproject.toml and package.json allow, with hashes and without addresses.
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-strip-extras --no-header --quiet "$@"
}

compile --output-file requirements/base.txt
compile --group dev --constraint requirements/base.txt --output-file requirements/dev.txt

PATH="$PWD/.venv/bin:$PATH"
rm -f package-lock.json
npm install --package-lock-only --silent
# Where to send money is an address too.
node -e '
    const { readFileSync, writeFileSync } = require("node:fs");
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
    Object.values(lock.packages).forEach((entry) => delete entry.funding);
    writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n");
'
echo "Locked. Run make test before keeping it."
