"""`make bundle`, then its installation and use in a network namespace without routes."""

from __future__ import annotations

import os
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.release.helpers import ROOT, SCRIPTS, run

pytestmark = pytest.mark.slow
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
SAMPLE = next((ROOT / "reports_in").glob("清渠县*.txt"))
UNREACHABLE = (
    "Failed to fetch",
    "Unable to fetch",
    "NewConnectionError",
    "No matching distribution",
    "软件包清单",
)
PROBE = "import socket; socket.create_connection(('192.0.2.1', 80), 3)"


def alone(*words: object, cwd: Path, home: Path, timeout: float = 600) -> CompletedProcess[str]:
    """A command without network and with nothing of this project's environment."""
    env = {
        "HOME": str(home),
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "PYTHON": str(Path(sys._base_executable).resolve()),
    }
    return run("unshare", "-n", *words, env=env, cwd=cwd, timeout=timeout)


@pytest.fixture(scope="module")
def unpacked(request: pytest.FixtureRequest) -> Path:
    """The bundle's folder, made by the project's script."""
    for tool in ("unshare", "apt-get", "dpkg-deb"):
        if not shutil.which(tool):
            pytest.skip(f"没有 {tool}，做不成或验证不了离线包")
    if run("unshare", "-n", "true").returncode != 0:
        pytest.skip("这里不能建立网络命名空间（要管理员权限）")
    # Not under pytest's own folder, which every session closes to others: an unprivileged user reads this one.
    place = Path(tempfile.mkdtemp(prefix="fazhi-bundle-"))
    place.chmod(0o777)
    request.addfinalizer(lambda: shutil.rmtree(place))
    done = run(
        "bash",
        SCRIPTS / "bundle.sh",
        place,
        env={**os.environ, "PYTHON": sys.executable},
        cwd=ROOT,
        timeout=1800,
    )
    if any(sign in done.stderr for sign in UNREACHABLE):
        pytest.skip(f"取不到软件包（没有网络或软件源）：{done.stderr.strip()[-300:]}")
    assert done.returncode == 0, done.stderr
    (archive,) = place.glob("*.tar.gz")
    assert run("sha256sum", "-c", f"{archive.name}.sha256", cwd=place).returncode == 0
    with tarfile.open(archive) as tar:
        tar.extractall(place, filter="data")
    archive.unlink()
    (folder,) = place.glob("fazhi-auditor-offline-*/")
    return folder


def judged(audit: Path, place: Path, formats: str) -> CompletedProcess[str]:
    return alone(audit, SAMPLE, "-o", place / "out", "-f", formats, cwd=place, home=place)


def test_it_installs_and_audits_without_a_network(unpacked: Path, tmp_path: Path) -> None:
    assert alone(sys.executable, "-c", PROBE, cwd=tmp_path, home=tmp_path).returncode != 0, "网络没有断开"
    done = alone("sh", unpacked / "install.sh", tmp_path / "装 在这里", cwd=tmp_path, home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    audit = tmp_path / "装 在这里" / "audit"
    first = judged(audit, tmp_path, "json,docx")
    assert first.returncode == 0, first.stderr
    second = judged(audit, tmp_path, "pdf")
    assert second.returncode == 0, second.stderr
    out = tmp_path / "out"
    assert (out / f"{SAMPLE.stem}.docx").read_bytes()[:2] == b"PK"
    assert (out / f"{SAMPLE.stem}.pdf").read_bytes()[:5] == b"%PDF-"
    # The installed wheel decides as the working tree does: its own rules are inside. (Rules must not be edited meanwhile.)
    here = run(
        Path(sys.executable).parent / "audit", SAMPLE, "-o", tmp_path / "here", "-f", "json", cwd=tmp_path
    )
    assert here.returncode == 0, here.stderr
    name = f"{SAMPLE.stem}.json"
    assert (out / name).read_bytes() == (tmp_path / "here" / name).read_bytes()
    where = alone(
        audit.parent / "venv/bin/python",
        "-c",
        "import auditor; print(auditor.__file__)",
        cwd=tmp_path,
        home=tmp_path,
    )
    assert where.stdout.startswith(str(audit.parent)), where.stdout


def test_it_installs_without_privileges(unpacked: Path) -> None:
    if not shutil.which("setpriv"):
        pytest.skip("没有 setpriv，换不成普通用户")
    place = unpacked.parent
    done = alone(*NOBODY, "sh", unpacked / "install.sh", cwd=place, home=place)
    if "没有带 venv 的 Python" in done.stderr:
        pytest.skip("普通用户用不了这里的 Python")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (place / "fazhi-auditor" / "audit").exists()


def test_what_is_inside(unpacked: Path) -> None:
    names = {path.name.split("_")[0] for path in (unpacked / "debs").glob("*.deb")}
    assert {
        "libpango-1.0-0",
        "libharfbuzz-subset0",
        "fonts-noto-cjk",
        "fonts-lxgw-wenkai",
        "python3-venv",
    } <= names
    # A minimal Debian has these; poppler-utils serves the tests only.
    assert not names & {"libc6", "dpkg", "coreutils", "poppler-utils"}
    wheels = {path.name.split("-")[0] for path in (unpacked / "wheels").iterdir()}
    assert "fazhi_auditor" in wheels and not wheels & {"pytest", "mypy", "hypothesis", "ruff"}
    for line in (unpacked / "requirements.txt").read_text().splitlines():
        assert " --hash=sha256:" in line
    assert "SIL" in (unpacked / "licences/debian/fonts-noto-cjk.txt").read_text("utf-8")
    assert {p.name.split("-")[0] for p in (unpacked / "licences/python").iterdir()} == wheels
    said = (unpacked / "bundle.env").read_text()
    assert str(ROOT) not in said
