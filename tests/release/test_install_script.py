"""The install script of the offline bundle on a bundle of its own making: what it refuses and what it says."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.release.helpers import SCRIPTS, checksums, run

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"

pytestmark = pytest.mark.skipif(
    not shutil.which("sh") or not shutil.which("sha256sum"), reason="没有 sh 或 sha256sum"
)


def bundle(folder: Path, **changes: str) -> Path:
    """A bundle without packages; ``changes`` are values of its bundle.env."""
    (folder / "wheels").mkdir(parents=True)
    (folder / "debs").mkdir()
    (folder / "requirements.txt").write_text("")
    shutil.copy(SCRIPTS / "offline-install.sh", folder / "install.sh")
    values = {
        "VERSION": "0",
        "PYTHON_VERSION": HERE,
        "MACHINE": platform.machine(),
        "SYSTEM": "nowhere 1",
        "PACKAGES": "",
        **changes,
    }
    (folder / "bundle.env").write_text("".join(f"{key}='{value}'\n" for key, value in values.items()))
    checksums(folder)
    return folder


def install(folder: Path, *words: object, before: tuple[str, ...] = ()) -> CompletedProcess[str]:
    env = {**os.environ, "PYTHON": sys.executable}
    return run(*before, "sh", folder / "install.sh", *words, env=env, cwd=folder.parent)


def refused(done: CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert done.stderr.splitlines()[-1].startswith("安装没有完成："), done.stderr
    for word in words:
        assert word in done.stderr, (word, done.stderr)


def test_a_changed_file(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    (folder / "requirements.txt").write_text("other==1\n")
    refused(install(folder, tmp_path / "t"), "SHA256SUMS")
    assert not (tmp_path / "t").exists()


def test_a_missing_file(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    (folder / "requirements.txt").unlink()
    refused(install(folder, tmp_path / "t"), "SHA256SUMS")


def test_half_a_bundle(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    (folder / "SHA256SUMS").unlink()
    refused(install(folder, tmp_path / "t"), "不完整")


def test_another_machine(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", MACHINE="loongarch64")
    refused(install(folder, tmp_path / "t"), "loongarch64", platform.machine())


def test_no_python_of_the_version(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", PYTHON_VERSION="3.99")
    refused(install(folder, tmp_path / "t"), "Python 3.99", "PYTHON")
    assert not (tmp_path / "t").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "kept.txt").write_text("kept")
    refused(install(folder, tmp_path / "t"), "别的东西")
    assert [p.name for p in (tmp_path / "t").iterdir()] == ["kept.txt"]


def test_a_target_that_is_a_file(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    (tmp_path / "t").write_text("kept")
    refused(install(folder, tmp_path / "t"), "别的东西")
    assert (tmp_path / "t").read_text() == "kept"


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="没有 dpkg-query")
def test_another_system_gets_no_packages(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("不是管理员")
    folder = bundle(tmp_path / "b", PACKAGES="no-such-package-here")
    refused(install(folder, "--system"), "nowhere 1", "no-such-package-here", "软件源")


@pytest.mark.skipif(not shutil.which("setpriv"), reason="没有 setpriv")
def test_without_privileges_the_administrator_is_told_the_command(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("不是管理员，换不成普通用户")
    folder = bundle(tmp_path / "b", PACKAGES="no-such-package-here")
    # pytest closes its folders to other users; how deep they lie depends on how it was started.
    place, top = tmp_path, Path(tempfile.gettempdir()).resolve()
    while top in place.parents:
        place.chmod(0o755)
        place = place.parent
    done = install(folder, "--system", before=NOBODY)
    refused(done, "没有管理员权限", "no-such-package-here。", f"sudo sh {folder}/install.sh --system")


def test_an_unknown_option(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    for words in (("--now",), ("a", "b")):
        done = install(folder, *words)
        assert done.returncode == 2 and "用法" in done.stderr
    helped = install(folder, "--help")
    assert helped.returncode == 0 and "用法" in helped.stdout


def test_a_bundle_that_lacks_the_program_is_no_success(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    refused(install(folder, tmp_path / "里 面"), "install.log")
    # Run again, the same folder is taken.
    refused(install(folder, tmp_path / "里 面"), "install.log")
