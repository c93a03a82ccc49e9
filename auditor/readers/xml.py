"""XML of containers, parsed without document types, entities or network, and with limits on size and depth."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.parsers import expat

from auditor.readers.extracted import Refused
from auditor.readers.limits import MAX_DEPTH, MAX_ELEMENTS

_BROKEN = "文件内部的 XML 已损坏，无法读取，请用办公软件重新保存后再试。"
_DTD = "文件内部的 XML 带有实体声明，不是正常文档会有的写法，为安全起见不予读取。"
_DEEP = "文件内部的结构异常庞大，不像一份正常文档，已停止读取，请核实来源。"


class _Start(Exception):
    """The root element was met: the prologue is over."""


def parse(data: bytes) -> ElementTree.Element:
    """Root element. Raises Refused."""
    # Every element takes one or two "<", every attribute one "=": a bound on memory before anything is built.
    if data.count(b"<") > MAX_ELEMENTS or data.count(b"=") > 2 * MAX_ELEMENTS:
        raise Refused(_DEEP)
    _refuse_document_type(data)
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Refused(_BROKEN) from error
    return root


def check_depth(root: ElementTree.Element) -> None:
    """Refuse a tree so deep that walking it would fail. Linear, no recursion."""
    level = [root]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise Refused(_DEEP)
        level = [child for element in level for child in element]


def _refuse_document_type(data: bytes) -> None:
    """A document type can only stand before the root element; parse no further than that."""
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise Refused(_DTD)

    def start(*_: object) -> None:
        raise _Start

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        # In one piece: old versions of expat take quadratic time for a long token that comes in pieces.
        parser.Parse(data, True)
    except _Start:
        return
    except Refused:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Refused(_BROKEN) from error


def local(tag: str) -> str:
    """Name without its namespace."""
    return tag.rpartition("}")[2]
