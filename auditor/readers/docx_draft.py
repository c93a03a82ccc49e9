"""What shows that a Word document is no clean final copy: revisions, comments, hidden text, embedded files."""

from __future__ import annotations


class Draft:
    """Counted while the document is read."""

    __slots__ = ("comments", "deleted", "embedded", "hidden", "inserted")

    def __init__(self) -> None:
        self.inserted = self.deleted = self.comments = self.embedded = 0
        self.hidden: list[str] = []

    def warnings(self) -> tuple[str, ...]:
        """What the reader of the verdict has to know of the draft."""
        found: list[str] = []
        if self.inserted or self.deleted:
            found.append(
                f"文稿带有未定稿的修订（插入 {self.inserted} 处、删除 {self.deleted} 处），"
                "已按接受全部修订后的文字核查，请定稿后再报送。"
            )
        if self.comments:
            found.append(f"文稿带有 {self.comments} 处批注，批注内容不计入核查。")
        if self.hidden:
            hidden = "".join(self.hidden)
            shown = " ".join(hidden.split())
            shown = shown if len(shown) <= 40 else shown[:40] + "…"
            found.append(
                f"文稿含有看不见的文字 {len(hidden)} 个字符（“{shown}”），不计入核查，请删除或改为正常显示。"
            )
        if self.embedded:
            found.append(f"文稿嵌入了 {self.embedded} 个其他文件，嵌入内容没有读取，请把文字粘贴到正文里。")
        return tuple(found)
