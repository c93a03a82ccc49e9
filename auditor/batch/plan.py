"""What a batch does: the reports, the terms they are judged on, and the digests that tell when a result still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

import auditor
from auditor.letterhead import Office
from auditor.pipeline import Terms, policy_file
from auditor.reasons import os_reason
from auditor.render.formats import FORMATS
from auditor.rulebook.faults import RulesError
from auditor.rulebook.files import locate, shipped
from auditor.rulebook.load import read

CACHE_FOLDER = ".audit-cache"


class Task(Struct, frozen=True):
    """One report of the batch."""

    number: int
    """Place in the batch, from 0."""
    path: str
    shown: str
    """Its name in the results."""
    stem: str
    """Name of the result files, without suffix."""
    place: str | None
    """Path below the working folder, for annotations; null elsewhere."""


class Plan(Struct, frozen=True):
    """The same for every report; sent once to each worker."""

    terms: Terms
    office: Office
    formats: tuple[str, ...]
    out: Path
    cache: bool
    terms_digest: str
    """Of rules, terms and program: all that the verdict on a given report depends on."""
    paper_digest: str
    """Of office and fonts: what the result files depend on beside the verdict."""
    record: bool = False
    """Answers bring the record for the result archive."""


def make_plan(
    terms: Terms, office: Office, formats: tuple[str, ...], out: Path, *, cache: bool, record: bool = False
) -> Plan:
    """The plan with its digests; faults in rules and gate that need no report show here. Raises RulesError."""
    return Plan(
        terms=terms,
        office=office,
        formats=formats,
        out=out,
        cache=cache,
        terms_digest=_digest(auditor.__version__, _program(), _rules(terms), _gate(terms), _terms(terms)),
        paper_digest=_digest(msgspec.msgpack.encode(office), fonts_digest(formats)),
        record=record,
    )


def program_digest() -> str:
    """Of the program and the rules that came with it: the same on machines that judge alike."""
    return _digest(auditor.__version__, _program(), tree_digest(shipped()))


def _digest(*parts: str | bytes) -> str:
    """SHA-256 (hex) over parts that cannot run into each other."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _rules(terms: Terms) -> str:
    # Which shipped book a report is judged by depends on its year, known only after reading: all of them count.
    return read(locate(terms.rules)).digest if terms.rules else tree_digest(shipped())


def _gate(terms: Terms) -> bytes:
    if terms.no_gate:
        return b""
    path = policy_file(terms.gate)
    try:
        return path.read_bytes()
    except OSError as error:
        raise RulesError(f"{path}：读不了门禁文件（{os_reason(error)}），请检查路径和权限") from error


def _terms(terms: Terms) -> bytes:
    waivers = terms.waivers
    return msgspec.json.encode(
        [
            terms.year,
            terms.level,
            terms.no_gate,
            terms.gate,
            terms.fail_under,
            terms.fail_on,
            _digest(*(msgspec.msgpack.encode(result) for result in terms.baselines)),
            [waivers.digest, waivers.as_of.isoformat()] if waivers else None,
            terms.published,
        ]
    )


def fonts_digest(formats: tuple[str, ...]) -> str:
    """Of the fonts that the formats use: papers made with stand-in fonts are made again when better ones have been installed."""
    suffixes = [part.suffix for name in formats for part in FORMATS[name].parts]
    if not any(suffix.endswith(".pdf") for suffix in suffixes):
        return ""
    from auditor.render import subsetting
    from auditor.render.errors import PdfUnavailable
    from auditor.render.fonts import choose_faces, installed_fonts

    try:
        faces, _ = choose_faces(installed_fonts())
    except PdfUnavailable as error:
        return str(error)
    return repr([(face.file, face.index, face.css_weight) for face in faces.values()]) + str(
        subsetting.available()
    )


@lru_cache(maxsize=1)
def _program() -> str:
    return tree_digest(Path(auditor.__file__).parent)


def tree_digest(folder: Path) -> str:
    """SHA-256 (hex) over names and bytes of all files below a folder, without byte code and rule examples."""
    return file_digest(
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.suffix != ".pyc" and not path.name.endswith(".cases.yaml") and path.is_file()
    )


def file_digest(files: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 (hex) over names and bytes of files, in this order."""
    return _digest(*(part for file in files for part in file))
