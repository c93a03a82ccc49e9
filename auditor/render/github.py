"""GitHub workflow commands: one annotation per failure, gap and finding, the verdict last."""

from __future__ import annotations

from auditor.model import Result
from auditor.render import wording
from auditor.render.issues import Issue, Weight, issues_of, located, verdict_line
from auditor.render.printable import short, visible

_COMMANDS = {Weight.FAILURE: "error", Weight.GAP: "warning", Weight.NOTE: "notice"}
_MESSAGE, _TITLE = 600, 80  # characters


def render_github(result: Result, path: str | None = None) -> str:
    """One command a line; GitHub shows the first ten of a kind, so what stops the report comes first."""
    file = path or result.report.file
    lined = wording.has_lines(result)
    lines = [_annotation(issue, file, lined=lined) for issue in issues_of(result)]
    command = "error" if result.gate.passed is False else "notice"
    title = _property("核查结论")
    lines.append(f"::{command} file={_property(file)},title={title}::{_data(verdict_line(result))}")
    return "\n".join(lines) + "\n"


def render_failed(path: str, reason: str) -> str:
    """The annotation of a report that could not be audited."""
    return f"::error file={_property(path)},title={_property('未核查')}::{_data(visible(reason))}\n"


def _annotation(issue: Issue, file: str, *, lined: bool) -> str:
    """Lines of the file where it has lines; in a Word or PDF file the message says where."""
    place = f",line={issue.line}" if issue.line and lined else ""
    title = _property(short(issue.title, _TITLE))
    where = "" if lined else located(issue)
    message = _data(where + short(issue.message, _MESSAGE))
    return f"::{_COMMANDS[issue.weight]} file={_property(file)}{place},title={title}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
