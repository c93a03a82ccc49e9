"""Markdown: the marks are taken away line by line, so that line numbers stay those of the file."""

from __future__ import annotations

import re

from auditor.readers.extracted import Extracted

_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_BULLET = re.compile(r"([ \t]*)[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:[ \t]")
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\](?:\([^()\n]{0,500}\)|\[[^\]\n]{0,200}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\](?:\([^()\n]{0,500}\)|\[[^\]\n]{0,200}\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:?")
_STRONG = re.compile(r"(?<!\\)(\*{1,3}|(?<!\w)_{1,3}|~~)(?=\S)([^*_~\n]{1,500}?)(?<=[^\s\\])\1")
_CODE = re.compile(r"`{1,3}([^`\n]{1,500})`{1,3}")
_BREAK = re.compile(r"<br[ \t]*/?>", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_COMMENT_LIMIT = 200_000


def read_markdown(text: str, encoding: str) -> Extracted:
    """What a reader of the rendered page sees, one line per line of the file."""
    lines = _without_comments(text).split("\n")
    out: list[str] = []
    front = _front_matter(lines)
    fenced = False
    for i, line in enumerate(lines):
        if i < front:
            out.append("")
        elif _FENCE.match(line):
            fenced = not fenced
            out.append("")
        elif fenced:
            out.append(line)
        else:
            out.append(_line(line, bool(out and out[-1].strip())))
    return Extracted("\n".join(out), "markdown", encoding)


def _front_matter(lines: list[str]) -> int:
    """Number of lines that a YAML head takes."""
    if lines[0].strip() != "---":
        return 0
    for i, line in enumerate(lines[1:60], 1):
        if line.strip() in ("---", "..."):
            return i + 1
        if line.strip() and ":" not in line and not line.lstrip().startswith(("-", "#")):
            return 0
    return 0


def _without_comments(text: str) -> str:
    """HTML comments gone, their line ends kept."""
    parts: list[str] = []
    at = 0
    while True:
        start = text.find("<!--", at)
        end = text.find("-->", start + 4, start + _COMMENT_LIMIT) if start >= 0 else -1
        if end < 0:
            parts.append(text[at:])
            return "".join(parts)
        parts.append(text[at:start] + "\n" * text.count("\n", start, end))
        at = end + 3


def _line(line: str, follows_text: bool) -> str:
    if _RULE.match(line) or (follows_text and _UNDERLINE.match(line)) or _REFERENCE.match(line):
        return ""
    if "|" in line and _TABLE_RULE.match(line):
        return ""
    line = _QUOTE.sub("", line, count=1)
    heading = _HEADING.match(line)
    if heading:
        line = heading.group(1)
    line = _BULLET.sub(r"\1", line, count=1) if _BULLET.match(line) else line
    if line.lstrip().startswith("|"):
        line = "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    for pattern, into in (
        (_IMAGE, ""),
        (_LINK, r"\1"),
        (_FOOTNOTE, ""),
        (_CODE, r"\1"),
        (_STRONG, r"\2"),
        (_STRONG, r"\2"),
        (_BREAK, " "),
        (_TAG, ""),
        (_ESCAPE, r"\1"),
    ):
        line = pattern.sub(into, line)
    return line.rstrip()
