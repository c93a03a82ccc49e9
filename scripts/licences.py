"""Licences of what a user installs: the table of docs/release.md, the guard against copyleft, texts for the bundle.

    python scripts/licences.py check          exit 1 when a package of requirements-runtime.lock may not be shipped
    python scripts/licences.py table          the table on standard output
    python scripts/licences.py write          the table into docs/release.md
    python scripts/licences.py pins WHEELS    a requirements file with the hashes of these wheels
    python scripts/licences.py texts WHEELS FOLDER   licence texts out of these wheels

Names and versions come from the lock, licences from the metadata of the installed packages.
"""

from __future__ import annotations

import hashlib
import re
import sys
import zipfile
from dataclasses import dataclass
from email.message import Message
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-runtime.lock"
PAGE = ROOT / "docs" / "release.md"
START, END = "<!-- licences:start -->", "<!-- licences:end -->"

# Classifiers and free wordings that the packages of the lock use, as SPDX names.
SPDX = {
    "BSD License": "BSD",
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "ISC License": "ISC",
    "Apache Software License": "Apache-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
}
FREE = frozenset(
    [
        "0BSD",
        "Apache-2.0",
        "BSD",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "PSF-2.0",
        "Zlib",
    ]
)
EXCEPTIONS = {
    "psycopg": "只有把结果存入 PostgreSQL 时才动态载入，未经修改，可以替换；LGPL 允许这样使用",
    "psycopg-binary": "同 psycopg",
    "pyphen": "三种许可任选其一，这里选 MPL 1.1；WeasyPrint 的断字库，未经修改",
}
"""Packages outside FREE, with the reason why they may be shipped."""


@dataclass(frozen=True, slots=True)
class Row:
    """One package; ``licence`` is an expression, empty when the package names none that is known here."""

    name: str
    version: str
    licence: str

    @property
    def allowed(self) -> bool:
        """Every part of the expression is permissive, or the package is an argued exception."""
        return self.name in EXCEPTIONS or is_free(self.licence)


def is_free(expression: str) -> bool:
    """True when all names in an expression of AND and OR are permissive; WITH and brackets are not understood."""
    parts = re.split(r" (?:AND|OR) ", expression)
    return all(part in FREE for part in parts)


def pins(lock: Path = LOCK) -> dict[str, str]:
    """Package names and versions of a lock in its order."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def licence(fields: Message) -> str:
    """The expression of a package's metadata: the standard field, else classifiers, else a short free wording."""
    if stated := fields.get("License-Expression"):
        return str(stated)
    classifiers = [
        SPDX.get(text.rsplit(" :: ", 1)[1], "")
        for text in fields.get_all("Classifier") or []
        if text.startswith("License :: OSI Approved :: ")
    ]
    if classifiers:
        return " OR ".join(classifiers) if all(classifiers) else ""
    wording = (fields.get("License") or "").strip()
    return SPDX.get(wording, wording if wording in FREE else "")


def rows() -> list[Row]:
    """One row for each package of the lock.

    Raises ``PackageNotFoundError`` when one is not installed.
    """
    found = []
    for name, version in pins().items():
        fields = metadata.metadata(name)
        found.append(Row(name, version, licence(fields)))  # type: ignore[arg-type]
    return found


def table() -> str:
    """The table in Markdown."""
    lines = ["| 包 | 版本 | 许可 | 说明 |", "|---|---|---|---|"]
    lines += [
        f"| {r.name} | {r.version} | {r.licence or '未写明'} | {EXCEPTIONS.get(r.name, '')} |" for r in rows()
    ]
    return "\n".join(lines) + "\n"


def page(text: str) -> str:
    """The page with its table replaced."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{table()}{END}{after}"


def pin_wheels(folder: Path) -> str:
    """A requirements file: each wheel of a folder with its version and hash."""
    lines = []
    for wheel in sorted(folder.glob("*.whl")):
        name, version = wheel.name.split("-")[:2]
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        lines.append(f"{name.replace('_', '-')}=={version} --hash=sha256:{digest}\n")
    return "".join(lines)


def texts(wheels: Path, folder: Path) -> None:
    """Licence, notice and author files of each wheel, in a folder of its own."""
    for wheel in sorted(wheels.glob("*.whl")):
        target = folder / "-".join(wheel.name.split("-")[:2])
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                parts = name.split("/")
                # Only metadata: a folder `licences` inside some package's data is not the package's licence.
                if not parts[0].endswith(".dist-info") or name.endswith("/"):
                    continue
                if parts[1] in ("licenses", "license_files") or re.match(
                    r"LICEN[CS]E|COPYING|NOTICE|AUTHORS|METADATA", parts[-1], re.IGNORECASE
                ):
                    target.mkdir(parents=True, exist_ok=True)
                    flat = "_".join(part for part in parts[1:] if part not in ("licenses", "license_files"))
                    (target / flat).write_bytes(archive.read(name))


def main(arguments: list[str]) -> int:
    match arguments:
        case ["check"]:
            refused = [row for row in rows() if not row.allowed]
            for row in refused:
                print(
                    f"{row.name} {row.version}：许可“{row.licence or '未写明'}”不在准许之列", file=sys.stderr
                )
            return 1 if refused else 0
        case ["table"]:
            print(table(), end="")
        case ["write"]:
            PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        case ["pins", wheels]:
            print(pin_wheels(Path(wheels)), end="")
        case ["texts", wheels, folder]:
            texts(Path(wheels), Path(folder))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
