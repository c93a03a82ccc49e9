"""The parts of a Word document: which one is the body, and what it refers to."""

from __future__ import annotations

import posixpath
from xml.etree.ElementTree import Element

from auditor.readers.archive import Archive
from auditor.readers.extracted import Refused
from auditor.readers.xml import check_depth, parse


def tree(content: bytes) -> Element | None:
    """Root of a part, None for an absent one. Raises Refused."""
    if not content:
        return None
    root = parse(content)
    check_depth(root)
    return root


def main_part(archive: Archive) -> str:
    """Name of the part that holds the body. Raises Refused."""
    try:
        for item in parse(archive.read("_rels/.rels")):
            if item.get("Type", "").endswith("/officeDocument"):
                name = posixpath.normpath(item.get("Target", "").lstrip("/"))
                if name in archive:
                    return name
    except KeyError:
        pass
    if "word/document.xml" in archive:
        return "word/document.xml"
    raise Refused("这份 Word 文档里没有正文，可能已损坏，请用 Word 或 WPS 重新保存后再试。")


def relations(archive: Archive, main: str) -> dict[str, str]:
    """Last word of the relation's type to part name; external targets never."""
    folder, name = posixpath.split(main)
    try:
        root = parse(archive.read(posixpath.join(folder, "_rels", name + ".rels")))
    except KeyError:
        return {}
    found: dict[str, str] = {}
    for item in root:
        if item.get("TargetMode") == "External":
            continue
        target = item.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found.setdefault(item.get("Type", "").rpartition("/")[2], posixpath.normpath(path))
    return found
