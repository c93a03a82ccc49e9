"""The archive on a real server, through the installed command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.helpers import UNIT, archive_years, at_once, run, towns, years
from tests.store.postgres import PASSWORD, Server, server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pg() -> Iterator[Server]:
    with server() as running:
        yield running


@pytest.fixture
def store(pg: Server) -> str:
    """An empty archive."""
    pg.run("DROP TABLE IF EXISTS audit_results, audit_elements, audit_schema")
    return pg.url()


def test_the_same_as_in_a_file(tmp_path: Path, store: str, pg: Server) -> None:
    archive_years(tmp_path, store)
    archive_years(tmp_path, str(tmp_path / "results.db"))
    assert pg.run("SELECT count(*) FROM audit_results") == [(2,)]
    for words in ((), ("-f", "json")):
        there = run("history", UNIT, "--store", store, *words)
        here = run("history", UNIT, "--store", tmp_path / "results.db", *words)
        assert there.returncode == 0 and there.stdout == here.stdout, there.stderr
    assert "相近的有" in run("history", "清渠", "--store", store).stderr
    assert run("history", "' OR 1=1 --", "--store", store).returncode == 2


def test_several_writers_at_once(tmp_path: Path, store: str, pg: Server) -> None:
    at_once(tmp_path, store)
    assert pg.run("SELECT count(*), count(DISTINCT file) FROM audit_results") == [(6, 6)]
    assert pg.run("SELECT count(*) FROM audit_elements") == [(83,)]


def test_which_unit_lacks_what_can_be_asked_in_sql(tmp_path: Path, store: str, pg: Server) -> None:
    """The statement of docs/scale.md."""
    archive_years(tmp_path, store)
    found = pg.run(
        "SELECT r.unit, r.report_year FROM audit_results r JOIN audit_elements e ON e.rules_digest = r.rules_digest"
        " WHERE e.id = '规范性文件.备案' AND substr(r.statuses, e.position, 1) = 'm'"
    )
    assert found == [("清渠县人民政府", 2025)]


def test_servers_that_do_not_let_us(tmp_path: Path, store: str, pg: Server) -> None:
    (report, _) = years(tmp_path / "in")
    pg.run("DROP ROLE IF EXISTS guest")
    pg.run("CREATE ROLE guest LOGIN PASSWORD 'geheim2'")
    guest = pg.url("guest", "geheim2")
    cases = [
        (pg.url(password=PASSWORD + "x"), "连不上"),
        (pg.url(database="nowhere"), "连不上"),
        (guest, "没有权限"),
    ]
    for address, word in cases:
        done = run(report, "-q", "-f", "json", "-o", tmp_path / "out", "--store", address)
        assert (done.returncode, len(done.stderr.splitlines())) == (3, 1), done.stderr
        assert word in done.stderr and "geheim" not in done.stderr, done.stderr
    assert run("history", UNIT, "--store", store).returncode == 2
    archive_years(tmp_path, store)
    refused = run("history", UNIT, "--store", guest)
    assert refused.returncode == 2 and "没有权限" in refused.stderr
    pg.run("UPDATE audit_schema SET version = 99")
    assert "升级" in run("history", UNIT, "--store", store).stderr


def test_a_server_that_goes_away_costs_no_result(tmp_path: Path, store: str, pg: Server) -> None:
    """The reports are audited and written all the same; the next run stores what is missing."""
    towns(tmp_path / "in", 3)
    pg.run(
        "CREATE OR REPLACE FUNCTION leave() RETURNS trigger AS"
        " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$ LANGUAGE plpgsql"
    )
    run(tmp_path / "in" / "0.txt", "-q", "-f", "json", "-o", tmp_path / "one", "--store", store)
    pg.run("CREATE TRIGGER leave BEFORE INSERT ON audit_results FOR EACH ROW EXECUTE FUNCTION leave()")
    words = (tmp_path / "in", "-q", "-f", "json", "-o", tmp_path / "out", "-j", 1, "--store", store)
    done = run(*words)
    assert done.returncode == 3 and done.stderr.count("结果没有写成") == 1, done.stderr
    assert {path.name for path in (tmp_path / "out").glob("?.json")} == {"0.json", "1.json", "2.json"}
    pg.run("DROP TRIGGER leave ON audit_results")
    assert run(*words).returncode == 1
    assert pg.run("SELECT count(*) FROM audit_results") == [(3,)]
    pg.stop()
    gone = run("history", UNIT, "--store", store)
    assert gone.returncode == 2 and "连不上" in gone.stderr
    pg.start()
