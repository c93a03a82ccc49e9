"""Styles and numbering definitions of a Word document: what the paragraphs refer to."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from auditor.readers.numerals import written

LEVELS = 9
_MAX_CHAIN = 20
_MAX_LABEL = 64
_REFERENCE = re.compile(r"%([1-9])")
_CLOSED = frozenset("、.．。）)：:】]〉》 \u3000-—·")


class Style(Struct, frozen=True):
    name: str
    based_on: str | None
    number: tuple[str | None, int | None]
    """numId and level the style gives its paragraphs, each None when it says nothing."""
    hidden: bool | None


class Level(Struct, frozen=True):
    start: int
    style: str
    """Number format as OOXML names it."""
    text: str
    """Template such as 第%1章 or （%2）."""
    restart: int | None
    """Level (1-based) whose advance restarts this one; None for any higher one, 0 for never."""
    legal: bool
    """Every number of the template in plain digits."""
    spaced: bool
    paragraph_style: str | None


class Num(Struct):
    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]
    """Levels that this instance defines anew."""
    begun: set[int] = field(default_factory=set)


def flag(element: Element | None, w: str) -> bool | None:
    """Value of an on/off property, None where it is absent."""
    if element is None:
        return None
    return element.get(w + "val", "1") not in ("0", "false", "off")


def _value(parent: Element, name: str, w: str) -> str | None:
    child = parent.find(w + name)
    return None if child is None else child.get(w + "val")


def _integer(text: str | None) -> int | None:
    try:
        return int(text) if text is not None and len(text) < 9 else None
    except ValueError:
        return None


def number_reference(properties: Element, w: str) -> tuple[str | None, int | None]:
    """numId and level in paragraph properties."""
    reference = properties.find(w + "numPr")
    if reference is None:
        return None, None
    return _value(reference, "numId", w), _integer(_value(reference, "ilvl", w))


class Styles:
    """Styles by id, with inheritance."""

    def __init__(self, root: Element | None, w: str) -> None:
        self._styles: dict[str, Style] = {}
        self.default: str | None = None
        for item in root.iterfind(w + "style") if root is not None else ():
            name = item.get(w + "styleId")
            if name is None:
                continue
            paragraph, run = item.find(w + "pPr"), item.find(w + "rPr")
            self._styles[name] = Style(
                (_value(item, "name", w) or "").lower(),
                _value(item, "basedOn", w),
                number_reference(paragraph, w) if paragraph is not None else (None, None),
                flag(run.find(w + "vanish"), w) if run is not None else None,
            )
            if item.get(w + "default") in ("1", "true") and item.get(w + "type") == "paragraph":
                self.default = name

    def _chain(self, name: str | None) -> list[Style]:
        found: list[Style] = []
        while name in self._styles and len(found) < _MAX_CHAIN:
            found.append(self._styles[name])
            name = found[-1].based_on
        return found

    def number(self, name: str | None) -> tuple[str | None, int | None]:
        """numId and level that paragraphs of the style get."""
        num: str | None = None
        level: int | None = None
        for style in self._chain(name):
            num = style.number[0] if num is None else num
            level = style.number[1] if level is None else level
        return num, level

    def hidden(self, name: str | None) -> bool:
        """Whether text of the style is hidden."""
        return next((s.hidden for s in self._chain(name) if s.hidden is not None), False)

    def contents(self, name: str | None) -> bool:
        """Whether the style is that of a line in a table of contents."""
        return any(re.match(r"toc(?: ?[1-9]|\b)|table of figures", s.name) for s in self._chain(name)[:1])

    def numbering_of(self, name: str) -> str | None:
        """numId of a numbering style."""
        style = self._styles.get(name)
        return style.number[0] if style is not None else None


class Numbering:
    """Counters of all lists of a document, advanced paragraph by paragraph."""

    def __init__(self, root: Element | None, styles: Styles, w: str) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._nums: dict[str, Num] = {}
        self._counters: dict[str, list[int | None]] = {}
        if root is None:
            return
        links: dict[str, str] = {}
        for item in root.iterfind(w + "abstractNum"):
            key = item.get(w + "abstractNumId", "")
            self._abstract[key] = dict(_level(level, w) for level in item.iterfind(w + "lvl"))
            link = _value(item, "numStyleLink", w)
            if link is not None:
                links[key] = link
        for item in root.iterfind(w + "num"):
            starts: dict[int, int] = {}
            levels: dict[int, Level] = {}
            for override in item.iterfind(w + "lvlOverride"):
                at = _integer(override.get(w + "ilvl")) or 0
                start = _integer(_value(override, "startOverride", w))
                if start is not None:
                    starts[at] = start
                inner = override.find(w + "lvl")
                if inner is not None:
                    levels[at] = _level(inner, w)[1]
            self._nums[item.get(w + "numId", "")] = Num(
                _value(item, "abstractNumId", w) or "", starts, levels
            )
        for key, link in links.items():
            target = self._nums.get(styles.numbering_of(link) or "")
            if target is not None and target.abstract in self._abstract:
                self._abstract[key] = self._abstract[target.abstract]

    def level_of_style(self, num: str, style: str | None) -> int | None:
        """Level that a list ties to a paragraph style."""
        found = self._nums.get(num)
        if found is None or style is None:
            return None
        levels = self._abstract.get(found.abstract, {})
        return next((at for at, level in levels.items() if level.paragraph_style == style), None)

    def advance(self, num: str, at: int) -> str:
        """Count a paragraph and return its label (一、), empty for bullets and unknown lists."""
        found = self._nums.get(num)
        if found is None or not 0 <= at < LEVELS:
            return ""
        levels = self._abstract.get(found.abstract, {}) | found.levels
        level = levels.get(at)
        if level is None:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        current = counters[at]
        if at in found.starts and at not in found.begun:
            counters[at] = found.starts[at]
        else:
            counters[at] = level.start if current is None else current + 1
        found.begun.add(at)
        for deeper in range(at + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart != 0 and (restart is None or at < restart):
                counters[deeper] = None
        return _label(level, levels, counters)


def _level(item: Element, w: str) -> tuple[int, Level]:
    suffix = _value(item, "suff", w)
    number_format = _value(item, "numFmt", w)
    if number_format is None:  # inside mc:AlternateContent for custom formats
        nested = next(item.iter(w + "numFmt"), None)
        number_format = nested.get(w + "val") if nested is not None else None
    return _integer(item.get(w + "ilvl")) or 0, Level(
        _integer(_value(item, "start", w)) or 0,
        number_format or "decimal",
        (_value(item, "lvlText", w) or "")[:_MAX_LABEL],
        _integer(_value(item, "lvlRestart", w)),
        flag(item.find(w + "isLgl"), w) or False,
        suffix != "nothing",
        _value(item, "pStyle", w),
    )


def _label(level: Level, levels: dict[int, Level], counters: list[int | None]) -> str:
    if level.style == "bullet":
        return ""

    def number(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        own = levels.get(at)
        count = counters[at]
        if count is None:
            count = own.start if own is not None else 1
        return str(count) if level.legal or own is None else written(count, own.style)

    label = _REFERENCE.sub(number, level.text)
    if not label.strip():
        return ""
    return label + (" " if level.spaced and label[-1] not in _CLOSED else "")
