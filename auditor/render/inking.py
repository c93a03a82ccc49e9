"""Which face sets which text of the paper, and visible marks for what a face lacks.

One pass over the finished HTML, which is well-formed XML too: it knows the face of every text from its tag or class (the same names the style
sheet uses), replaces characters the face does not have, and collects what each face must contain.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

from auditor.render.fonts import Face, Role
from auditor.render.printable import mark

# NOTE: keep in step with templates/audit.css; the tests compare the fonts of a finished file.
_BY_CLASS = {"hei": Role.HEI, "kai": Role.KAI, "body": Role.BODY}
_BY_TAG = {"h1": Role.TITLE, "h2": Role.HEI, "th": Role.HEI}
# Set by the style sheet (page numbers), and every mark is made of these.
_ALWAYS = frozenset("— 0123456789ABCDEFU+〔〕")


class Inked(HTMLParser):
    """The HTML with marks, after ``feed``; ``used`` and ``lacking`` tell what was met."""

    def __init__(self, faces: Mapping[Role, Face]) -> None:
        super().__init__(convert_charrefs=True)
        self._faces = faces
        self._open: list[Role | None] = [Role.BODY]
        self._out: list[str] = []
        self.used: dict[Role, set[str]] = {role: set(_ALWAYS) for role in faces}
        self.lacking: set[str] = set()

    @property
    def html(self) -> str:
        return "".join(self._out)

    def handle_decl(self, decl: str) -> None:
        self._out.append(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._out.append(self.get_starttag_text() or "")
        role = _BY_TAG.get(tag, self._open[-1])
        for name in (dict(attrs).get("class") or "").split():
            role = _BY_CLASS.get(name, role)
        # What stands in the head is not printed.
        self._open.append(None if tag == "head" else role)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()
        self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        role = self._open[-1]
        if role is not None and not data.isspace():
            lacking = [char for char in self._faces[role].coverage.lacking(data) if char != "\n"]
            if lacking:
                self.lacking.update(lacking)
                data = data.translate({ord(char): mark(char) for char in lacking})
            self.used[role].update(data)
        self._out.append(escape(data, quote=False))

    def remarks(self) -> tuple[str, ...]:
        """One remark that lists what the fonts lack; none where they have everything."""
        if not self.lacking:
            return ()
        shown = "、".join(mark(char).strip("〔〕") for char in sorted(self.lacking)[:20])
        rest = "等" if len(self.lacking) > 20 else ""
        return (f"所用字体缺{len(self.lacking)}个字符，文中以〔U+…〕标出：{shown}{rest}",)


def ink(html: str, faces: Mapping[Role, Face]) -> Inked:
    """The inked form of HTML of ours in which every element is closed, ``<br/>`` too."""
    inked = Inked(faces)
    inked.feed(html)
    inked.close()
    return inked
