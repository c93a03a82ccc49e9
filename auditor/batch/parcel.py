"""What a cluster needs to judge as this machine does: the plan, the user's own rules and gate, and what to check first.

Rules that came with the program are not sent but compared by digest, since every machine has its own copy.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from auditor.batch.atomic import write_atomic
from auditor.batch.plan import Plan, Task, file_digest, fonts_digest, program_digest
from auditor.pipeline import policy_file
from auditor.rulebook.faults import RulesError
from auditor.rulebook.files import locate, rule_files, shipped, shown_name
from auditor.rulebook.load import read

MAX_RULES = 16 * 1024 * 1024
"""Bytes of all the user's own rule files together."""
Files = tuple[tuple[str, bytes], ...]
"""Path below a folder, with forward slashes, and content."""


class Parcel(Struct, frozen=True):
    plan: Plan
    """With an absolute output folder; its terms name no rules or gate of the user's own."""
    files: Files
    """The user's own rules and gate."""
    rules: str | None
    """Folder among ``files``."""
    gate: str | None
    """File among ``files``."""
    program: str
    fonts: str
    mark: str
    """A file in the output folder that every machine must see."""
    sample: str | None
    """A report that every machine must see."""

    @property
    def digest(self) -> str:
        """Of the user's own rules and gate."""
        return file_digest(self.files)


def make_parcel(plan: Plan, tasks: list[Task], mark: str) -> Parcel:
    """Everything that goes to the workers once. Raises RulesError."""
    terms = plan.terms
    files: dict[str, bytes] = {}
    rules = gate = None
    if terms.rules is not None:
        folder = locate(terms.rules)
        if below := _shipped_name(folder):
            terms = replace(terms, rules=below)
        else:
            rules = f"rules/{folder.resolve().name}"
            _take_books(folder.resolve(), files)
    if terms.gate is not None and not terms.no_gate:
        path = policy_file(terms.gate)
        if below := _shipped_name(path):
            terms = replace(terms, gate=below)
        else:
            gate = f"gate/{path.name}"
            files[gate] = path.read_bytes()
    sample = next((task.path for task in tasks if Path(task.path).is_file()), None)
    return Parcel(
        plan=replace(plan, terms=terms, out=plan.out.absolute()),
        files=tuple(files.items()),
        rules=rules,
        gate=gate,
        program=program_digest(),
        fonts=fonts_digest(plan.formats),
        mark=mark,
        sample=None if sample is None else str(Path(sample).absolute()),
    )


def unpack(parcel: Parcel, folder: Path) -> Plan:
    """The plan with the user's own rules and gate laid out below a folder that is for them alone.

    Raises NotWritten.
    """
    for name, data in parcel.files:
        write_atomic(folder / name, data, durable=False)
    terms = parcel.plan.terms
    if parcel.rules is not None:
        terms = replace(terms, rules=str(folder / parcel.rules))
    elif terms.rules is not None:
        terms = replace(terms, rules=str(shipped() / terms.rules))
    if parcel.gate is not None:
        terms = replace(terms, gate=str(folder / parcel.gate))
    elif terms.gate is not None:
        terms = replace(terms, gate=str(shipped() / terms.gate))
    return replace(parcel.plan, terms=terms)


def _shipped_name(path: Path) -> str | None:
    """Path below the rules that came with the program; null for the user's own."""
    try:
        return path.resolve().relative_to(shipped().resolve()).as_posix()
    except ValueError:
        return None


def _take_books(folder: Path, files: dict[str, bytes]) -> None:
    """A book and those beside it that it extends, side by side as they lie here."""
    for book in read(folder).folders:
        if _shipped_name(book) is not None:
            continue
        if book.parent != folder.parent:
            raise RulesError(f"{folder.name}：用 --cluster 时，extends 的规则集要和它放在同一处")
        for path in (book / "book.yaml", *rule_files(book)):
            files[f"rules/{shown_name(book, path)}"] = path.read_bytes()
    if sum(map(len, files.values())) > MAX_RULES:
        raise RulesError(f"{folder.name}：规则文件合起来超过 {MAX_RULES // 1024 // 1024} MiB，请检查文件夹")
