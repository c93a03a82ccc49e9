"""``audit doctor``: what is installed, what is missing, and the command that installs it."""

from __future__ import annotations

import platform
from importlib import metadata

import auditor
from auditor.exits import Exit
from auditor.rulebook.files import book_folders
from auditor.rulebook.shelf import load_book

_PACKAGES = ("pyyaml", "jieba", "rapidfuzz", "jinja2", "weasyprint", "typer", "msgspec")


def report() -> int:
    """Print the state of the installation; code 3 when no PDF can be written."""
    print(
        f"audit {auditor.__version__}，Python {platform.python_version()}，{platform.system()} {platform.machine()}"
    )
    for name in _PACKAGES:
        try:
            print(f"  {name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            print(f"  {name} 没有安装：pip install {name}")
    for folder in book_folders():
        if folder.name != "common":
            book = load_book(folder)
            print(f"  规则集 {book.info.id} {book.info.version}，{book.index.table.size} 个短语")
    from auditor.render.fonts import font_report

    lines = font_report()
    for line in lines:
        print(f"  {'✓' if line.ok else '✗'} {line.text}")
        if line.command:
            print(f"    安装：{line.command}")
    return Exit.PASSED if all(line.ok for line in lines) else Exit.NOT_WRITTEN
