"""What a report says of itself: title, unit, level, year, dates, document number."""

from __future__ import annotations

from auditor.model import Level, Role
from auditor.regex import regex
from auditor.text import furniture, head
from auditor.text.document import Metadata
from auditor.text.fold import fold
from auditor.text.metadata_dates import Found, Raw, index_lines, index_written, read_published, read_tail
from auditor.text.metadata_unit import read_reporter
from auditor.text.normalise import Layout
from auditor.text.roles import heading_roles
from auditor.text.signature import chinese_year, is_signature

_ZERO = "〇○零OoО0"
_S = r"[ \t\u3000\xa0\u200b]*"
_NUMBER_LABELS = ("备注/文号", "发文字号", "文件编号", "文号")
_NUMBER = regex(
    rf"[\u4e00-\u9fff]{{1,14}}{_S}[〔\[【（﹝]{_S}(?:19|20)[0-9]{{2}}{_S}[〕\]】）﹞]{_S}第?{_S}[0-9]{{1,4}}{_S}号"
)
_YEARS = rf"20[0-9]{{2}}|二[{_ZERO}][一二三四五六七八九{_ZERO}]{{2}}"
_YEAR = regex(rf"(?<![0-9])(?<![0-9年][-—~～至到])({_YEARS})(?:年度|年(?!以来|第|至|-|—|底|初))")
_BARE_YEAR = regex(r"(?:^|(?<=关于))(20[0-9]{2})(?=法治|依法)")
_SINCE = regex(rf"({_YEARS})年以来，")
_STATED = regex(rf"现[将就把][^。]{{0,16}}?({_YEARS})年")
_AHEAD = regex(rf"(?:{_YEARS})年度?，?[^，。；]{{0,8}}(?:将|拟|准备|计划|打算|继续|要(?!求|点))")
"""2024年，镇里准备接着…: a year that opens what is planned for it."""
_BOOK = regex(r"《[^《》]*(?:》|$)")
_CELL = regex(r"[^\t|｜]{6,80}?(?=[ \u3000]*[\t|｜]|[ \u3000]{2}|[ \u3000]*$)")
_NAME_LABELS = ("信息名称", "文件名称", "公文名称", "标题", "名称")


def read_metadata(
    text: str, layout: Layout, *, year: int | None = None, level: Level | None = None
) -> Metadata:
    """Metadata of a report. `year` and `level`, where given, override what the text says."""
    remarks: list[str] = []
    paragraphs = layout.norm.text.split("\n")[:-1]
    lines = index_lines(text, layout)
    title, title_span = _title(text, layout, lines, paragraphs)
    tail = read_tail(text, layout, paragraphs)
    number = _document_number(layout, lines)
    indexed = index_written(lines)
    signed = tail.written
    written = signed or indexed
    if signed and indexed and signed.iso != indexed.iso:
        remarks.append(f"落款日期（{signed.iso}）与索引信息中的成文日期（{indexed.iso}）不一致，以落款为准。")
    published = read_published(text, layout, lines, tail)
    report_year = (
        year if year is not None else _report_year(title, paragraphs, layout, written, published, remarks)
    )
    reporter = read_reporter(layout, lines, fold(title) if title else None, tail.issuer, paragraphs)
    if level is None and reporter.remark:
        remarks.append(reporter.remark)
    return Metadata(
        title,
        reporter.region,
        reporter.issuer,
        level if level is not None else reporter.level,
        report_year,
        written.iso if written else None,
        published.iso if published else None,
        number,
        title_span,
        written.span if written else None,
        published.span if published else None,
        tuple(remarks),
    )


def _title(
    text: str, layout: Layout, lines: list[Raw], paragraphs: list[str]
) -> tuple[str | None, tuple[int, int] | None]:
    """The title as it stands, white space left out, and its span; else that of a first line or of the index block."""
    if not layout.titles:
        return _fused_title(text, layout, paragraphs) or _indexed_title(lines) or (None, None)
    blocks = layout.titles[0]
    start, end = blocks[0].offsets[0], blocks[-1].offsets[-1] + 1
    end -= len(text[start:end]) - len(text[start:end].rstrip(head.DECORATION + " \t\u3000\xa0"))
    # A quotation mark before or after the title is not in the folded text; page furniture may stand between lines.
    parts = (text[b.offsets[0] : min(end, b.offsets[-1] + 1)] for b in blocks)
    return "".join("".join(part.split()) for part in parts).replace("\u200b", ""), (start, end)


def _fused_title(text: str, layout: Layout, paragraphs: list[str]) -> tuple[str, tuple[int, int]] | None:
    """A title that runs straight into the first paragraph, as in a text copied without line ends."""
    length = head.fused_title(paragraphs[0]) if paragraphs else 0
    if not length:
        return None
    start, end = layout.norm.original(0, length)
    return "".join(text[start:end].split()), (start, end)


def _indexed_title(lines: list[Raw]) -> tuple[str, tuple[int, int]] | None:
    """The name that the index block gives the report."""
    pattern = furniture.label_pattern(*_NAME_LABELS)
    for line in lines:
        for label in pattern.finditer(line.text):
            value = _CELL.match(line.text, label.end())
            if value and head.is_title(fold(value.group())):
                return "".join(value.group().split()), line.span(*value.span())
    return None


def _document_number(layout: Layout, lines: list[Raw]) -> str | None:
    """From the index block, else from a line of its own in the head."""
    for label in _NUMBER_LABELS:
        pattern = furniture.label_pattern(label)
        for line in lines:
            for m in pattern.finditer(line.text):
                number = _NUMBER.match(line.text, m.end())
                if number:
                    return fold(number.group()).replace("（", "〔").replace("）", "〕")
    for block in layout.furniture:
        if furniture.is_document_number(block.text):
            number = _NUMBER.fullmatch(block.text)
            if number:
                return number.group()
    return None


def _report_year(
    title: str | None,
    paragraphs: list[str],
    layout: Layout,
    written: Found | None,
    published: Found | None,
    remarks: list[str],
) -> int | None:
    titles = ["".join(b.text for b in group) for group in layout.titles] or ([fold(title)] if title else [])
    titled = next((y for t in titles if (y := _year_in(t)) is not None), None)
    opening = _opening_year(paragraphs)
    dated = int((written or published).iso[:4]) - 1 if (written or published) else None  # type: ignore[union-attr]
    if titled is not None:
        if opening is not None and opening != titled and dated is not None and dated != titled:
            remarks.append(f"标题写的是{titled}年，正文开头写的是{opening}年，按标题处理。")
        return titled
    if opening is not None:
        if dated is not None and dated != opening:
            remarks.append(
                f"报告没有写明年度的标题，按正文开头的{opening}年处理，但成文或发布日期在{dated + 1}年。"
            )
        return opening
    headed = next((y for p in paragraphs if (y := _headed_year(p)) is not None), None)
    if headed is not None:
        remarks.append(f"报告没有写明年度的标题，按小标题推断为{headed}年。")
        return headed
    if dated is not None:
        remarks.append(f"报告没有写明年度，按成文或发布日期的上一年（{dated}年）处理。")
        return dated
    since = next((m for p in paragraphs[:6] if len(p) >= 30 and (m := _SINCE.match(p))), None)
    if since is not None:
        remarks.append(f"报告没有写明年度，按正文开头的“{since.group(1)}年以来”处理。")
        return chinese_year(since.group(1))
    return None


def _opening_year(paragraphs: list[str]) -> int | None:
    """The year on which the opening says it reports, else of which it speaks; years in titles of papers do not count."""
    openings = [_BOOK.sub("", p[:600]) for p in paragraphs[:12] if len(p) >= 30]
    stated = next((m for p in openings[:6] if (m := _STATED.search(p))), None)
    if stated is not None:
        return chinese_year(stated.group(1))
    told = (p for p in openings if not _AHEAD.match(p))
    return next((year for p in told if (year := _year_in(p[:60])) is not None), None)


def _headed_year(paragraph: str) -> int | None:
    """The report year that a heading tells; that of a plan is the year after."""
    year = _year_in(paragraph) if len(paragraph) <= 40 and not is_signature(paragraph) else None
    if year is None:
        return None
    planned = _AHEAD.match(paragraph) or Role.PLAN in heading_roles(paragraph, None, top=True)
    return year - 1 if planned else year


def _year_in(text: str) -> int | None:
    m = _YEAR.search(text) or _BARE_YEAR.search(text)
    return chinese_year(m.group(1)) if m else None
