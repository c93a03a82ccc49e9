"""Make docs/rules.md and docs/rules.schema.json from the rule books, so that they cannot drift apart.

Run by ``make docs``; ``--check`` only says whether the files are up to date (used by the tests).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from auditor.model import LEVEL_NAMES, Level, Tier
from auditor.rulebook.compile import compile_book
from auditor.rulebook.coverage import coverage, markdown
from auditor.rulebook.load import Source, read
from auditor.rulebook.schema import json_schema

ROOT = Path(__file__).resolve().parent.parent
BOOKS = ("outline-2021", "outline-2015")


def elements_table() -> list[str]:
    """One line per element: id, name, tier, levels, books."""
    books = {name: compile_book(read(ROOT / "rules" / name)) for name in BOOKS}
    out = ["| 编号 | 名称 | 性质 | 适用层级 | 规则集 |", "|---|---|---|---|---|"]
    for element in books["outline-2021"].elements:
        inside = [
            name for name, book in books.items() if any(e.id == element.id and e.basis for e in book.elements)
        ]
        levels = (
            "全部"
            if element.levels is None
            else "、".join(LEVEL_NAMES[x] for x in Level if x in element.levels)
        )
        nature = "法定" if element.tier is Tier.STATUTORY else "纲要"
        nature += "、重点" if element.headline else ""
        out.append(f"| {element.id} | {element.name} | {nature} | {levels} | {'、'.join(inside)} |")
    return out


def page(source: Source) -> str:
    parts = [
        "# 核查要素与条款",
        "",
        "本页由 `make docs` 从 `rules/` 生成，不要手改。条款要旨是我们自己的一句话概括，不是原文；",
        "注明“条款号待核”的，条款号没有从公开资料核对过。",
        "",
        "## 要素",
        "",
        *elements_table(),
        "",
        markdown(coverage(source)).rstrip(),
        "",
    ]
    return "\n".join(parts)


def main() -> int:
    source = read(ROOT / "rules" / "outline-2021")
    files = {
        ROOT / "docs" / "rules.md": page(source),
        ROOT / "docs" / "rules.schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n",
    }
    stale = [
        path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        if "--check" not in sys.argv:
            path.write_text(files[path], encoding="utf-8")
        print(f"{path.relative_to(ROOT)}：{'过期，请运行 make docs' if '--check' in sys.argv else '已更新'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
