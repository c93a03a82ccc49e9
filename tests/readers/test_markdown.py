"""Markdown: the marks go, the line numbers stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.readers.markdown import read_markdown
from auditor.reading import read_bytes
from tests.readers.helpers import SAMPLES, baseline, differences, metadata


def lines(text: str) -> list[str]:
    return read_markdown(text, "utf-8").text.split("\n")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:4])
def test_same_verdict_as_the_text(path: Path) -> None:
    marked = []
    for n, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
        bare = line.lstrip("\u3000")
        heading = n == 0 or bare[:2] in ("一、", "二、", "三、")
        marked.append(f"## {bare}" if heading and bare else bare.replace("依法", "**依法**"))
    document = read_bytes("\n".join(marked).encode(), "report.md")
    assert differences(path, document)[0] == []
    assert metadata(document) == metadata(baseline(path))
    assert document.reader.format == "markdown"
    assert len(document.text.split("\n")) == len(marked)


def test_marks() -> None:
    source = """# 标题 #
正文**加粗**、*斜体*、~~删~~、`代码`。
- 甲
* [x] 乙
1. 丙
> 丁
[链接](http://a/b_c)与![图](x.png)
| 项目 | 数量 |
|---|---|
| 复议 | 3件 |
<!-- 注释
两行 -->戊
---
小标题
---
snake_case_name 与 3*4*5
\\*原样\\*
[1]: http://x
```
# 不是标题
```"""
    assert lines(source) == [
        "标题", "正文加粗、斜体、删、代码。", "甲", "乙", "1. 丙", "丁", "链接与", "项目\t数量", "", "复议\t3件",
        "", "戊", "", "小标题", "", "snake_case_name 与 345", "*原样*", "", "", "# 不是标题", "",
    ]  # fmt: skip


def test_front_matter() -> None:
    assert lines("---\ntitle: x\ndate: 2024-01-01\n---\n正文") == ["", "", "", "", "正文"]
    assert lines("---\n正文没有冒号\n---\n其他")[1] == "正文没有冒号"


def test_kind_is_told_by_content() -> None:
    body = "# 清渠县2023年法治政府建设报告\n\n## 一、主要举措\n\n全年推进法治政府建设，开展行政执法培训，依法行政水平提高。"
    assert read_bytes(body.encode(), "报告.txt").reader.format == "markdown"
