#!/usr/bin/env bash
# Installs what is missing: system libraries and fonts for the PDF, a virtual environment with locked versions.
# Safe to run again; does nothing when everything is there.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk fonts-lxgw-wenkai poppler-utils)
if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
  missing=()
  for package in "${packages[@]}" python3-venv; do
    # A Python that brings its own venv needs no Debian package for it.
    if [ "$package" = python3-venv ] && python3 -c 'import ensurepip' 2>/dev/null; then continue; fi
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "安装系统软件包:${missing[*]}"
    run=()
    if [ "$(id -u)" -ne 0 ]; then
      command -v sudo >/dev/null || { echo "没有管理员权限,请让管理员运行:apt-get install ${missing[*]}" >&2; exit 1; }
      run=(sudo)
    fi
    "${run[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
  fi
else
  echo "不是 Debian 系的系统:请自行安装 Pango、HarfBuzz 子集库和中文字体(audit doctor 会说明缺什么)" >&2
fi

if [ ! -x .venv/bin/python ]; then
  echo "建立虚拟环境 .venv"
  python3 -m venv .venv
fi
stamp=.venv/.lock-digest
digest=$(cat requirements.lock pyproject.toml | sha256sum | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null)" != "$digest" ]; then
  echo "安装 Python 依赖(版本锁定)"
  .venv/bin/pip install -q --require-hashes -r requirements.lock
  .venv/bin/pip install -q --no-deps --no-build-isolation -e .
  echo "$digest" > "$stamp"
fi
