#!/usr/bin/env bash
# The fast checks, in the order in which they fail soonest. Accuracy on the labelled reports is checked where they are.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
echo "== 格式与静态检查"; $bin/ruff check -q . ; $bin/ruff format -q --check .
echo "== 类型"; $bin/mypy auditor
echo "== 分层"; $bin/lint-imports --no-cache >/dev/null || $bin/lint-imports --no-cache
echo "== 生成的文档"; $bin/python scripts/docs.py --check
echo "== 规则写法"; $bin/audit rules lint
echo "== 规则例句"; $bin/audit rules test
echo "== 测试"; $bin/pytest -n 2 --dist loadfile -p no:cacheprovider
gold=../shared/gold
if [ -d "$gold" ] && [ -f ../shared/tools/score.py ]; then
  echo "== 准确率底线"
  $bin/python ../shared/tools/score.py --audit $bin/audit --min-accuracy 0.97 --min-missing 0.96 "$gold"
else
  echo "== 准确率底线:没有带标注的报告($gold),跳过"
fi
