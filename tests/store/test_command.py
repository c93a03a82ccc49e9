"""The archive in a file, through the installed command."""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path

import pytest

from tests.store.helpers import GOOD, UNIT, archive_years, at_once, rows, run, towns, years


def test_two_years_stored_and_asked_for(tmp_path: Path) -> None:
    store = tmp_path / "results.db"
    archive_years(tmp_path, str(store))
    # The whole result, byte for byte, and the same one only once.
    stored = rows(store, "SELECT report_year, file, passed, result FROM audit_results ORDER BY report_year")
    assert [row[:3] for row in stored] == [(2024, "2024.txt", 1), (2025, "2025.txt", 0)]
    assert zlib.decompress(stored[0][3]) == (tmp_path / "one" / "2024.json").read_bytes()  # type: ignore[arg-type]

    told = run("history", UNIT, "--store", f"sqlite:///{store}")
    assert told.returncode == 0 and told.stderr == ""
    lines = told.stdout.splitlines()
    assert lines[3].startswith("2024 ") and " 通过 " in lines[3]
    assert lines[4].startswith("2025 ") and " 未通过 " in lines[4]
    assert any("新丢" in line and "规范性文件备案（重点）" in line for line in lines)

    found = json.loads(run("history", "清渠县人民政府", "--store", store, "-f", "json").stdout)
    assert found["schema"] == "fazhi-history/1" and found["remarks"] == []
    first, second = found["years"]
    assert (first["year"], first["passed"], first["since"], first["lost"]) == (2024, True, None, [])
    assert (second["year"], second["passed"], second["since"]) == (2025, False, 2024)
    assert "规范性文件.备案" in {change["id"] for change in second["lost"]}
    assert all(change["after"] == "missing" for change in second["lost"])
    assert second["covered"] < first["covered"] and second["score"] < first["score"]


def test_what_was_kept_from_the_last_run_is_stored_too(tmp_path: Path) -> None:
    """An archive asked for later, or mended, is filled without auditing again."""
    towns(tmp_path / "in", 3)
    words = (tmp_path / "in", "-f", "json", "-o", tmp_path / "out", "-j", 1)
    run(*words)
    store = tmp_path / "results.db"
    again = run(*words, "--store", store)
    assert "3 份沿用上次的结果" in again.stderr
    stored = dict(rows(store, "SELECT file, result FROM audit_results"))
    assert {name: zlib.decompress(data) for name, data in stored.items()} == {  # type: ignore[arg-type]
        f"{n}.txt": (tmp_path / "out" / f"{n}.json").read_bytes() for n in range(3)
    }
    run(*words, "--store", store, "--no-cache")
    assert rows(store, "SELECT count(*) FROM audit_results") == [(3,)]


def test_several_writers_at_once(tmp_path: Path) -> None:
    store = tmp_path / "results.db"
    at_once(tmp_path, str(store))
    assert rows(store, "SELECT count(*), count(DISTINCT file) FROM audit_results") == [(6, 6)]
    assert rows(store, "SELECT count(*) FROM audit_elements") == [(83,)]
    assert rows(store, "PRAGMA integrity_check") == [("ok",)]


def test_drafts_and_units_of_one_name(tmp_path: Path) -> None:
    store = tmp_path / "results.db"
    text = GOOD.read_text(encoding="utf-8")
    for place, content in (("东州", text), ("西州", text.replace("述法", "述职"))):
        (tmp_path / "in" / place).mkdir(parents=True)
        (tmp_path / "in" / place / "报告.txt").write_text(content, encoding="utf-8")
    run(tmp_path / "in", "-q", "-f", "json", "-o", tmp_path / "out", "--store", store)
    both = json.loads(run("history", UNIT, "--store", store, "-f", "json").stdout)
    assert both["years"][0]["others"] == 1 and "--under" in both["remarks"][0]
    one = json.loads(run("history", UNIT, "--store", store, "-f", "json", "--under", "东州/").stdout)
    assert one["years"][0]["file"] == "东州/报告.txt" and one["years"][0]["others"] == 0
    assert one["remarks"] == []


def test_names_are_values_and_never_sql_or_control_characters(tmp_path: Path) -> None:
    report = tmp_path / "x'); DROP TABLE audit_results;--\x1b[31m.txt"
    report.write_bytes(GOOD.read_bytes())
    store = tmp_path / "results.db"
    assert run(report, "-q", "-f", "json", "-o", tmp_path / "out", "--store", store).returncode == 0
    told = run("history", UNIT, "--store", store)
    assert told.returncode == 0 and "\x1b" not in told.stdout and "DROP TABLE" in told.stdout
    for unit in ("' OR 1=1 --", "%", "_", "清渠县' --"):
        nobody = run("history", unit, "--store", store)
        assert nobody.returncode == 2 and len(nobody.stderr.splitlines()) == 1, unit
    near = run("history", "清渠", "--store", store)
    assert near.returncode == 2 and "相近的有 清渠县人民政府" in near.stderr


def spoil(path: Path) -> None:
    """Overwrite the middle of a file."""
    data = bytearray(path.read_bytes())
    data[100:-100] = os.urandom(len(data) - 200)
    path.write_bytes(data)


def test_archives_that_cannot_be_used(tmp_path: Path) -> None:
    """One Chinese sentence each, and nothing is audited for an archive that cannot take it."""
    (report, _) = years(tmp_path / "in")
    good = tmp_path / "good.db"
    run(report, "-q", "-f", "json", "-o", tmp_path / "first", "--store", good)
    spoiled, text, foreign, newer = (tmp_path / f"{n}.db" for n in ("spoiled", "text", "foreign", "newer"))
    spoiled.write_bytes(good.read_bytes())
    spoil(spoiled)
    text.write_text("这不是数据库" * 100, encoding="utf-8")
    rows(foreign, "CREATE TABLE mine (x)")
    newer.write_bytes(good.read_bytes())
    import sqlite3

    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE audit_schema SET version = 999")
    connection.close()
    cases: list[tuple[object, int, str]] = [
        (spoiled, 3, "损坏"),
        (text, 3, "损坏"),
        (foreign, 3, "别的程序"),
        (newer, 3, "请升级"),
        (tmp_path, 3, "文件夹"),
        (tmp_path / "没有" / "x.db", 3, "打不开"),
        ("mysql://root:geheim@host/x", 2, "不认识"),
        ("sqlite://x.db", 2, "不对"),
        ("", 2, "没有写"),
        ("postgresql://u:geheim@127.0.0.1:1/x", 3, "连不上"),
    ]
    for address, code, word in cases:
        if str(address).startswith("postgresql"):
            pytest.importorskip("psycopg", reason="没有装 psycopg")
        done = run(report, "-q", "-f", "json", "-o", tmp_path / "out", "--store", address)
        assert (done.returncode, len(done.stderr.splitlines())) == (code, 1), (address, done.stderr)
        assert word in done.stderr and "geheim" not in done.stderr, done.stderr
        asked = run("history", UNIT, "--store", address)
        assert (asked.returncode, len(asked.stderr.splitlines())) == (2, 1), (address, asked.stderr)
        assert "geheim" not in asked.stderr
    assert not (tmp_path / "out").exists()


def test_a_spoiled_result_is_told(tmp_path: Path) -> None:
    store = tmp_path / "results.db"
    archive_years(tmp_path, str(store))
    import sqlite3

    for bad in (b"x", zlib.compress(b"{}"), zlib.compress(b"[" * 100_000)):
        with sqlite3.connect(store) as connection:
            connection.execute("UPDATE audit_results SET result = ? WHERE report_year = 2024", (bad,))
        connection.close()
        told = run("history", UNIT, "--store", store)
        assert told.returncode == 2 and "已经损坏" in told.stderr and len(told.stderr.splitlines()) == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="管理员账号不受权限限制，测不出")
def test_without_the_right_to_write(tmp_path: Path) -> None:
    store = tmp_path / "results.db"
    archive_years(tmp_path, str(store))
    store.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        done = run(tmp_path / "in" / "2024.txt", "-q", "-f", "json", "-o", "-", "--store", store)
        assert done.returncode == 3 and "没有写权限" in done.stderr
        assert run("history", UNIT, "--store", store).returncode == 0
    finally:
        tmp_path.chmod(0o700)


def test_without_the_library(tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError('not here')\n")
    (report, _) = years(tmp_path / "in")
    done = run(
        report, "-q", "-f", "json", "-o", tmp_path / "out", "--store", "postgresql://host/x",
        env={"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])},
    )  # fmt: skip
    assert done.returncode == 2 and "pip install 'fazhi-auditor[store]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
