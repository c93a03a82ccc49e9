#!/bin/sh
# Installs the auditor from the folder in which this script lies. Never asks the network for anything.
set -eu
unset CDPATH
LC_ALL=C.UTF-8
export LC_ALL

usage() {
  cat <<'END'
用法：sh install.sh [文件夹]     装到这个文件夹，不写就是 ./fazhi-auditor
      sh install.sh --system    只装系统库和字体（要管理员权限）
以管理员身份运行时，缺的系统库、字体和 Python 一并安装；否则只装核查器，说明 PDF 还缺什么。
环境变量 PYTHON 可以指定用哪个 Python。
END
}
say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
last_lines() { tail -n 3 "$log" >&2 || true; }
fail() { warn "安装没有完成：$*"; exit 1; }

here=$(cd -- "$(dirname -- "$0")" && pwd)
[ -f "$here/SHA256SUMS" ] && [ -f "$here/bundle.env" ] && [ -d "$here/wheels" ] ||
  fail "离线包不完整，请重新解压"
target=./fazhi-auditor
system_only=no
case ${1-} in
  -h | --help) usage; exit 0 ;;
  --system) system_only=yes ;;
  -*) usage >&2; exit 2 ;;
  ?*) target=$1 ;;
esac
[ $# -le 1 ] || { usage >&2; exit 2; }

say "核对离线包"
(cd -- "$here" && sha256sum -c --quiet --strict SHA256SUMS >/dev/null 2>&1) ||
  fail "离线包里的文件与 SHA256SUMS 不符或缺少，请重新拷贝"
. "$here/bundle.env"
[ "$(uname -m)" = "$MACHINE" ] || fail "离线包是给 $MACHINE 的，本机是 $(uname -m)"

# ---- system libraries and fonts -------------------------------------------------------------------------------------
here_is=$( (. /etc/os-release && printf '%s' "$ID ${VERSION_ID:-}") 2>/dev/null || true)
missing=
for package in $PACKAGES; do
  # A Python of the right version that brings its own venv needs no package for it.
  if [ "$package" = python3-venv ] && "${PYTHON:-python$PYTHON_VERSION}" -c 'import ensurepip, venv' 2>/dev/null; then
    continue
  fi
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="${missing:+$missing }$package"
done
install_system() {
  lists=$(mktemp -d)
  mkdir -p "$lists/lists/partial" "$lists/archives/partial"
  # The bundle is the only source apt may see; its files were checked above.
  printf 'deb [trusted=yes] copy:%s ./\n' "$(printf %s "$here/debs" | sed 's/%/%25/g; s/ /%20/g')" >"$lists/sources.list"
  set -- -qq -o Dir::Etc::sourcelist="$lists/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$lists/lists" -o Dir::Cache::archives="$lists/archives" \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=false
  code=0
  # shellcheck disable=SC2086
  { apt-get "$@" update && DEBIAN_FRONTEND=noninteractive apt-get "$@" -o Dpkg::Use-Pty=0 install -y \
    --no-install-recommends $missing; } </dev/null >"$lists/log" 2>&1 || code=$?
  if [ "$code" -ne 0 ]; then
    tail -n 5 "$lists/log" >&2
  fi
  rm -rf "$lists"
  return "$code"
}
lacking=
if [ -z "$missing" ]; then
  say "系统库和字体已经齐全"
elif [ "$(id -u)" -ne 0 ]; then
  lacking="没有管理员权限，系统库和字体没有装：${missing}。请管理员运行：sudo sh $here/install.sh --system"
elif [ "$here_is" != "$SYSTEM" ] || ! command -v apt-get >/dev/null; then
  lacking="包里的系统库是给 $SYSTEM 的，本机是 ${here_is:-别的系统}，没有装：${missing}。请从本机的软件源安装同名的软件包"
else
  say "安装系统库和字体：$missing"
  install_system || lacking="系统库和字体没有装成：$missing"
fi
if [ "$system_only" = yes ]; then
  [ -z "$lacking" ] || fail "$lacking"
  exit 0
fi

# ---- the auditor ----------------------------------------------------------------------------------------------------
python=
for candidate in "${PYTHON:-}" "python$PYTHON_VERSION" python3 /usr/bin/python3; do
  [ -n "$candidate" ] || continue
  if "$candidate" -c "import sys, ensurepip, venv
sys.exit('%d.%d' % sys.version_info[:2] != '$PYTHON_VERSION')" 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || {
  [ -z "$lacking" ] || warn "$lacking"
  fail "没有带 venv 的 Python $PYTHON_VERSION；装好后再运行，或用环境变量 PYTHON 指明它在哪里"
}
if [ -e "$target" ] && [ ! -f "$target/.fazhi-auditor" ] && [ -n "$(ls -A -- "$target" 2>/dev/null || echo file)" ]; then
  fail "$target 里已有别的东西，请换一个文件夹"
fi
mkdir -p -- "$target" 2>/dev/null || fail "不能建立文件夹 $target"
target=$(cd -- "$target" && pwd)
# The mark comes first: an installation that was cut short can be run again.
: 2>/dev/null >"$target/.fazhi-auditor" || fail "不能写入文件夹 $target"
say "安装核查器 $VERSION 到 $target"
log=$target/install.log
"$python" -I -m venv --clear "$target/venv" >"$log" 2>&1 || { last_lines; fail "建不成虚拟环境"; }
(cd -- "$here" && PIP_CONFIG_FILE=/dev/null "$target/venv/bin/python" -I -m pip --isolated install -q --no-index --no-deps \
  --no-cache-dir --disable-pip-version-check --require-hashes --find-links wheels -r requirements.txt) >>"$log" 2>&1 ||
  { last_lines; fail "装不上 Python 包，全文在 $log"; }
ln -sfn venv/bin/audit "$target/audit"
"$target/audit" --version >>"$log" 2>&1 || { last_lines; fail "装好的核查器不能运行，全文在 $log"; }
{ rm -rf -- "$target/licences" && cp -R "$here/licences" "$here/LICENSE" "$target/"; } 2>>"$log" ||
  fail "许可文本没有拷成，全文在 $log"
say "装好了。试一试："
say "  \"$target/audit\" \"$here/样例.txt\" -o audit_out -f json,docx"
[ -z "$lacking" ] || warn "还不能出 PDF，其余格式可用。$lacking"
say "检查（audit doctor）："
"$target/audit" doctor || true
