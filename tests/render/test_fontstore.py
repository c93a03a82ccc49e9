"""The kept fonts: same bytes as without them, private, never trusted when damaged, never needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.render import fontstore, subsetting
from auditor.render.errors import PdfUnavailable
from auditor.render.fonts import Face, choose_faces, hanzi, installed_fonts

try:
    FACES = list(choose_faces(installed_fonts())[0].values())
except PdfUnavailable as error:  # pragma: no cover
    pytest.skip(str(error), allow_module_level=True)
if not subsetting.available():  # pragma: no cover
    pytest.skip("没有libharfbuzz-subset0", allow_module_level=True)

TEXT = "法治政府建设年度报告（2024）—“述法”、《纲要》第32项 SHA-256 ★"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUDIT_CACHE", str(tmp_path / "cache"))
    fontstore.prepare.cache_clear()
    yield tmp_path / "cache"  # type: ignore[misc]
    fontstore.prepare.cache_clear()


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("font-*"))


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.role)
def test_a_cut_from_the_kept_font_has_the_bytes_of_one_from_the_whole(face: Face, folder: Path) -> None:
    rare = "㐀" if "㐀" in face.coverage else "𠮷"
    for text in (TEXT, "".join(sorted(hanzi())[::9]), TEXT + rare):
        assert fontstore.cut(face.file, face.index, text) == subsetting.subset_font(
            face.file, face.index, text
        )
    (file,) = kept(folder)
    assert file.stat().st_size < 5_000_000 and not file.stat().st_mode & 0o077
    assert [path.name for path in folder.iterdir()] == [file.name]


def test_a_damaged_file_is_made_again(folder: Path) -> None:
    face = FACES[0]
    wanted = fontstore.cut(face.file, face.index, TEXT)
    (file,) = kept(folder)
    good = file.read_bytes()
    file.write_bytes(good[: len(good) // 2] + b"\0" * 100)
    fontstore.prepare.cache_clear()
    assert fontstore.cut(face.file, face.index, TEXT) == wanted
    assert [path.read_bytes() for path in kept(folder)] == [good]


def test_without_a_private_folder_the_whole_font_serves(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    face = FACES[0]
    wanted = subsetting.subset_font(face.file, face.index, TEXT)
    folder.mkdir()
    folder.chmod(0o777)
    assert fontstore.cut(face.file, face.index, TEXT) == wanted and not kept(folder)
    monkeypatch.setenv("AUDIT_CACHE", "off")
    fontstore.prepare.cache_clear()
    assert fontstore.cut(face.file, face.index, TEXT) == wanted
