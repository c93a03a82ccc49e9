#!/usr/bin/env bash
# The offline bundle: wheels of the runtime lock, the auditor's own wheel, fonts and system libraries as .deb files with
# everything a minimal Debian lacks, licence texts, the install script and a list of checksums.
# Usage: bash scripts/bundle.sh [FOLDER]   (dist by default; PYTHON names another interpreter than the one of .venv)
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-dist}")
python=${PYTHON:-.venv/bin/python}
export PIP_DISABLE_PIP_VERSION_CHECK=1

fail() { echo "做不成离线包：$*" >&2; exit 1; }
command -v apt-get >/dev/null || fail "没有 apt-get，取不到系统库和字体；请在 Debian 系的机器上做"
command -v dpkg-deb >/dev/null || fail "没有 dpkg-deb"

version=$("$python" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
python_version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
machine=$(uname -m)
arch=$(dpkg --print-architecture)
system=$(. /etc/os-release && echo "$ID ${VERSION_ID:-}")
name=fazhi-auditor-offline-$version-$arch
# What the PDF needs, and a Python with venv for a machine that has none. poppler-utils of setup.sh is for tests only.
packages=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk fonts-lxgw-wenkai)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
top=$work/$name
mkdir -p "$top/wheels" "$top/debs" "$top/licences"

echo "取 Python 依赖（核对哈希）"
"$python" -m pip wheel -qq --require-hashes --no-deps -r requirements-runtime.lock -w "$top/wheels"
"$python" -m pip wheel -qq --no-deps -w "$top/wheels" .
own=("$top"/wheels/fazhi_auditor-"$version"-*.whl)
inside=$("$python" -m zipfile -l "${own[0]}")
for part in auditor/_rules/ auditor/render/templates/ auditor/cli/; do
  grep -q "^$part" <<<"$inside" || fail "核查器的 wheel 里没有 $part"
done
# jieba is published as source only, so the hashes that the target checks are those of the wheels made here.
"$python" scripts/licences.py pins "$top/wheels" >"$top/requirements.txt"

echo "取系统库和字体"
if [ "$(id -u)" -eq 0 ]; then apt-get update -qq; fi
: >"$work/status"
# What apt would install on a machine with nothing at all; nothing is installed here.
from_nothing() {
  apt-get -s -o Dir::State::status="$work/status" -o APT::Install-Recommends=0 install "$@" | awk '/^Inst /{print $2}' |
    sed 's/:.*//' | sort -u
}
mapfile -t required < <(apt-cache dumpavail | awk -v RS= '/\nPriority: required/ || /\nEssential: yes/ {print $2}' | sort -u)
from_nothing "${required[@]}" apt >"$work/minimal"
from_nothing "${packages[@]}" >"$work/needed"
[ -s "$work/needed" ] && [ -s "$work/minimal" ] || fail "apt 没有软件包清单；请先运行 sudo apt-get update"
comm -13 "$work/minimal" "$work/needed" >"$work/fetch"
(cd "$top/debs" && xargs apt-get -qq -o APT::Sandbox::User=root download <"$work/fetch")
# A flat repository: apt on the target then takes only what is missing there, in the right order.
for deb in "$top"/debs/*.deb; do
  dpkg-deb -f "$deb"
  printf 'Filename: %s\nSize: %s\nSHA256: %s\n\n' \
    "./$(basename "$deb")" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d' ' -f1)"
done >"$top/debs/Packages"

echo "收集许可文本"
"$python" scripts/licences.py texts "$top/wheels" "$top/licences/python"
"$python" scripts/licences.py table >"$top/licences/python.md"
mkdir -p "$top/licences/debian"
for deb in "$top"/debs/*.deb; do
  package=$(dpkg-deb -f "$deb" Package)
  text=$(dpkg-deb --fsys-tarfile "$deb" | tar -xO "./usr/share/doc/$package/copyright" 2>/dev/null || true)
  # A package without a text of its own shares the folder of a sibling from the same source.
  [ -z "$text" ] || printf '%s\n' "$text" >"$top/licences/debian/$package.txt"
done
if [ -d /usr/share/common-licenses ]; then cp -rL /usr/share/common-licenses "$top/licences/common"; fi

cp scripts/offline-install.sh "$top/install.sh"
chmod 755 "$top/install.sh"
cp LICENSE "$top/LICENSE"
cp docs/install.md "$top/INSTALL.md"
cp reports_in/清渠县2024年度法治政府建设情况报告.txt "$top/样例.txt"
cat >"$top/bundle.env" <<END
VERSION='$version'
PYTHON_VERSION='$python_version'
MACHINE='$machine'
SYSTEM='$system'
PACKAGES='${packages[*]}'
END
(cd "$top" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >"$work/sums" && mv "$work/sums" SHA256SUMS)

mkdir -p "$out"
# The same content gives the same archive: times of the last commit, no names of this machine.
when=$(git log -1 --format=%ct 2>/dev/null || echo 0)
tar -C "$work" --sort=name --mtime="@$when" --owner=0 --group=0 --numeric-owner -cf - "$name" | gzip -n -6 >"$work/bundle.tar.gz"
mv "$work/bundle.tar.gz" "$out/$name.tar.gz"
(cd "$out" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
echo "离线包：$out/$name.tar.gz（$(du -h "$out/$name.tar.gz" | cut -f1)，$system，$machine，Python ${python_version}）"
