#!/usr/bin/env bash
# What the slow tests need beside the fast ones: Chromium with axe for the page, LibreOffice for Word documents,
# PostgreSQL for the result archive (the tests start a server of their own), scikit-learn for the learning.
# Whatever cannot be installed is named; its tests are then skipped, each saying why.
set -uo pipefail
cd "$(dirname "$0")/.."

skipped=()
wanted=()
command -v chromium >/dev/null || wanted+=(chromium)
command -v soffice >/dev/null || wanted+=(libreoffice-writer-nogui)
command -v pdftotext >/dev/null || wanted+=(poppler-utils)
command -v npm >/dev/null || wanted+=(npm)
command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || wanted+=(postgresql)
if [ ${#wanted[@]} -gt 0 ]; then
  if command -v apt-get >/dev/null; then
    run=()
    [ "$(id -u)" -eq 0 ] || run=(sudo)
    "${run[@]}" apt-get update -qq
    for package in "${wanted[@]}"; do
      echo "安装 $package"
      DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "$package" >/dev/null \
        || skipped+=("$package")
    done
  else
    skipped+=("${wanted[@]}")
  fi
fi
if command -v npm >/dev/null && [ ! -d .venv/browser/node_modules/axe-core ]; then
  echo "安装 playwright-core 和 axe-core"
  mkdir -p .venv/browser
  npm install --silent --no-audit --no-fund --prefix .venv/browser playwright-core@1.65.1 axe-core@4.14.1 2>/dev/null \
    || skipped+=(playwright-core axe-core)
fi
if ! .venv/bin/python -c "import sklearn" 2>/dev/null; then
  echo "安装 scikit-learn"
  .venv/bin/pip install -q 'scikit-learn>=1.5,<2' || skipped+=(scikit-learn)
fi
if [ ${#skipped[@]} -gt 0 ]; then
  echo "没有装成:${skipped[*]};用到它们的测试会跳过并说明原因" >&2
fi
