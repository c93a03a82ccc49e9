"""What the reviewing office puts on its papers: ``audit.yaml``, found upward from the working folder, and options."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from auditor.reasons import os_reason
from auditor.rulebook.faults import Loaded, RulesError
from auditor.rulebook.schema import Name, Record, Text, convert
from auditor.rulebook.yaml import load

FILE_NAME = "audit.yaml"
MAX_TEMPLATE_BYTES = 64 * 1024


class OfficeFile(Record, frozen=True):
    """The config file; everything may be left out, unknown keys are refused."""

    organisation: Name | None = None
    addressee: Text | None = None
    document_number: Name | None = None
    date: Name | None = None
    deadline: Name | None = None
    letter_number: Name | None = None
    letter_template: Text | None = None


class Office(Struct, frozen=True):
    """The same, ready for use; null where it is to be filled in by hand."""

    organisation: str | None = None
    """审核机关, signs the papers."""
    addressee: str | None = None
    """主送机关 of the audit; the return letter goes to the unit itself."""
    document_number: str | None = None
    date: str | None = None
    """ISO date, or as it shall be printed."""
    deadline: str | None = None
    """Until when the unit is to mend its report; ISO date, or as it shall be printed."""
    letter_number: str | None = None
    """Document number of the return letter."""
    letter_template: str | None = None
    """Wording of the return letter (Jinja text); null for the shipped one."""


def find_config(start: Path) -> Path | None:
    """The nearest ``audit.yaml`` in ``start`` or a folder above it."""
    folder = start.absolute()
    for place in (folder, *folder.parents):
        path = place / FILE_NAME
        try:
            if path.is_file():
                return path
        except OSError:
            # A folder above that nobody may look into holds no config for us.
            continue
    return None


def load_office(path: Path) -> Office:
    """Read a config file. Raises RulesError."""
    loaded = load(path, path.name)
    if loaded.data is None:
        loaded = Loaded(loaded.name, {}, loaded.lines)
    spec = convert(loaded, OfficeFile)
    office = Office(**{name: _clean(getattr(spec, name)) for name in Office.__struct_fields__})
    if office.letter_template is not None:
        return replace(office, letter_template=_template(path.parent, office.letter_template, loaded))
    return office


def _clean(text: str | None) -> str | None:
    return (text or "").strip() or None


def _template(folder: Path, name: str, loaded: Loaded) -> str:
    path = folder / name
    where = loaded.where("$.letter_template")
    if not path.resolve().is_relative_to(folder.resolve()):
        # A config found upward may be a stranger's: it must not carry other files into a letter.
        raise RulesError(f"{where}：通知模板要放在 {FILE_NAME} 所在的文件夹里，请移过去")
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = os_reason(error)
        raise RulesError(f"{where}：读不了通知模板“{path.name}”（{reason}），请检查路径") from error
    if len(data) > MAX_TEMPLATE_BYTES:
        limit = MAX_TEMPLATE_BYTES // 1024
        raise RulesError(f"{where}：通知模板“{path.name}”超过 {limit} KB，请检查是不是给错了文件")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RulesError(f"{where}：通知模板“{path.name}”不是 UTF-8 编码，请另存为 UTF-8") from error


def gather(start: Path, given: dict[str, str | None]) -> Office:
    """The office from the nearest config file, with what was given on the command line instead. Raises RulesError."""
    path = find_config(start)
    office = load_office(path) if path is not None else Office()
    return replace(office, **{key: value for key, value in given.items() if _clean(value)})
