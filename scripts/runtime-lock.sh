#!/usr/bin/env bash
# Writes requirements-runtime.lock: the part of requirements.lock that a user needs, same versions, same hashes.
# Run it after requirements.lock changed; uv comes from the machine or from a virtual environment (`pip install uv`).
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
[ -x "$uv" ] || { echo "没有 uv：请先运行 .venv/bin/pip install uv" >&2; exit 1; }
"$uv" pip compile -q pyproject.toml --extra formats --extra compare --extra store -c requirements.lock \
  --generate-hashes --no-annotate --python-version 3.11 --custom-compile-command "bash scripts/runtime-lock.sh" \
  -o requirements-runtime.lock
echo "requirements-runtime.lock：$(grep -c '==' requirements-runtime.lock) 个包"
