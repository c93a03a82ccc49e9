"""A batch on a real scheduler and real workers, through the installed command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from benchmarks.generate import generate
from tests.batch.helpers import GOOD, command, results, run, towns
from tests.cluster.engine import engine, wait_for
from tests.pipes import opened
from tests.store.helpers import rows


def test_without_the_library(tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError('not here')\n")
    done = run(
        GOOD, "-q", "-f", "json", "-o", tmp_path / "out", "--cluster", "127.0.0.1:1",
        env={"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])},
    )  # fmt: skip
    assert done.returncode == 2 and "pip install 'fazhi-auditor[cluster]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_wrong_use(tmp_path: Path) -> None:
    for words in (("-j", 2), ("-o", "-", "-f", "json")):
        done = run(GOOD, "--cluster", "127.0.0.1:1", *words, cwd=tmp_path)
        assert done.returncode == 2 and done.stderr.startswith("用法不对"), done.stderr


def test_a_scheduler_that_is_not_there(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="没有装 Dask distributed：pip install 'fazhi-auditor[cluster]'")
    for address, code, word in (
        ("127.0.0.1:1", 3, "连不上调度器"),
        ("http://127.0.0.1:1", 2, "地址“http://127.0.0.1:1”不对"),
        ("127.0.0.1:", 2, "不对"),
        ("tcp://[:1", 2, "不对"),
    ):
        done = run(GOOD, "-q", "-f", "json", "-o", tmp_path / "out", "--cluster", address)
        assert done.returncode == code and word in done.stderr, done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_a_worker_killed_in_mid_run(tmp_path: Path) -> None:
    """Nothing lost, nothing twice, the same bytes as on one machine."""
    folder, out, store = tmp_path / "in", tmp_path / "out", tmp_path / "results.db"
    generate(folder, 60, seed=11)
    words = ("-q", "-f", "json,xlsx,html")
    alone = run(folder, *words, "-o", tmp_path / "alone", "--no-cache", timeout=600)
    assert alone.returncode in (1, 2), alone.stderr
    with engine(tmp_path / "engine", workers=2) as dask:
        running = subprocess.Popen(
            command(folder, *words, "-o", out, "--cluster", dask.address, "--store", store),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        wait_for(lambda: len(list(out.glob("*.html"))) >= 10, 300)
        dask.workers[0].kill()
        _, told = running.communicate(timeout=600)
        assert running.returncode == alone.returncode, told
        assert "Traceback" not in told and told == alone.stderr
    expected = results(tmp_path / "alone")
    assert results(out) == expected
    assert not [path for path in out.iterdir() if path.name.startswith(".audit-") and path.is_file()]
    audited = {report["file"] for report in json.loads(expected["summary.json"])["reports"]}
    stored = rows(store, "SELECT file FROM audit_results ORDER BY file")
    assert [name for (name,) in stored] == sorted(audited)


@pytest.mark.slow
def test_own_rules_and_gate_are_sent_and_kept_results_hold(tmp_path: Path) -> None:
    """The workers stand elsewhere: what is named relative to here must reach them."""
    towns(tmp_path / "in", 3)
    own = tmp_path / "县里规则"
    own.mkdir()
    (own / "book.yaml").write_text(
        "id: own\ntitle: 县里规则\nversion: '1'\nextends: outline-2021\n"
        "years: {first: 2021, last: null}\ngroups: []\nswitch_off: [监督.政府督查]\n",
        encoding="utf-8",
    )
    (tmp_path / "门禁.yaml").write_text(
        "id: low\ntitle: 低\nminimum_score: 1\nfindings: none\n", encoding="utf-8"
    )
    words = ("in", "-q", "-f", "json", "--rules", "县里规则", "--gate", "门禁.yaml")
    alone = run(*words, "-o", "alone", "--no-cache", cwd=tmp_path)
    assert alone.returncode == 0, alone.stderr
    with engine(tmp_path / "engine", workers=1) as dask:
        done = run(*words, "-o", "out", "--cluster", dask.address, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert results(tmp_path / "out") == results(tmp_path / "alone")
        # Kept results are the same for one machine and for many.
        again = run("in", *words[2:], "-o", "out", cwd=tmp_path)
        assert "3 份沿用上次的结果" in again.stderr
        # A folder that the workers do not see.
        (tmp_path / "in" / "0.txt").unlink()
        one = run(
            tmp_path / "in" / "1.txt", "-f", "json", "-o", "out", "--cluster", dask.address, cwd=tmp_path
        )
        assert one.returncode == 1 and "summary.json" in one.stdout


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="这个系统没有命名管道")
def test_interrupted_and_left_by_its_scheduler(tmp_path: Path) -> None:
    paths = towns(tmp_path / "in", 12)
    pipe, text = paths[3], paths[3].read_bytes()
    pipe.unlink()
    os.mkfifo(pipe)
    out = tmp_path / "out"
    with engine(tmp_path / "engine", workers=1) as dask:
        words = command(*paths, "-f", "json", "-o", out, "--cluster", dask.address)
        for end, code, word in (("interrupt", 130, "已中断"), ("scheduler", 3, "联系断了")):
            running = subprocess.Popen(
                words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
            )
            # Once the worker reads the pipe, those before it are done.
            ours = opened(pipe)
            if end == "interrupt":
                assert running.stderr is not None
                running.send_signal(signal.SIGINT)
                assert any("正在收尾" in line for line in iter(running.stderr.readline, ""))
            else:
                dask.scheduler.kill()
            ours.close()
            _, told = running.communicate(timeout=120)
            assert running.returncode == code and word in told, told
            assert "Traceback" not in told
            assert (out / "2.json").exists() and not (out / "11.json").exists()
    pipe.unlink()
    pipe.write_bytes(text)
    done = run(*paths, "-f", "json", "-o", out)
    assert "份沿用上次的结果" in done.stderr
    assert len(list(out.glob("*.json"))) == 13


@pytest.mark.slow
def test_a_cluster_without_workers_and_one_of_another_program(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="没有装 Dask distributed：pip install 'fazhi-auditor[cluster]'")
    from msgspec.structs import replace

    from auditor.batch.cluster import Cluster
    from auditor.batch.pool import CannotStart
    from tests.batch.helpers import plan, task

    tasks = [task(path, n) for n, path in enumerate(towns(tmp_path / "in", 2))]
    terms = plan(tmp_path / "out")
    with engine(tmp_path / "engine") as dask:
        with (
            pytest.raises(CannotStart, match="没有工作进程"),
            Cluster(dask.address, terms, tasks, patience=1) as lonely,
        ):
            list(lonely.run(tasks))
        dask.add_worker()
        other = Cluster(dask.address, terms, tasks)
        other._parcel = replace(other._parcel, program="another")
        with pytest.raises(CannotStart, match="程序或自带规则与本机不同"), other as unlike:
            list(unlike.run(tasks))
        blind = Cluster(dask.address, terms, tasks)
        blind._parcel = replace(blind._parcel, sample="/nowhere/report.txt")
        with pytest.raises(CannotStart, match="看不到报告"), blind as unseen:
            list(unseen.run(tasks))


@pytest.mark.slow
def test_bundles_of_a_large_cluster_are_taken_apart_when_their_worker_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every report ends once, though the engine gives up a bundle at the first loss."""
    pytest.importorskip("distributed", reason="没有装 Dask distributed：pip install 'fazhi-auditor[cluster]'")
    from auditor.batch import cluster
    from auditor.batch.work import Ending
    from tests.batch.helpers import plan, task

    monkeypatch.setattr(cluster, "_BUNDLE", 1)
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    tasks = [task(path, n) for n, path in enumerate(towns(tmp_path / "in", 40))]
    with engine(tmp_path / "engine", workers=2) as dask:
        dask.add_worker("--nthreads", "2")
        wait_for(lambda: (tmp_path / "engine" / "worker.log").read_text().count("Registered to") == 3)
        with cluster.Cluster(dask.address, plan(tmp_path / "out"), tasks) as many:
            answers = []
            for answer in many.run(tasks):
                answers.append(answer)
                if len(answers) == 5:
                    dask.workers[0].kill()
    assert sorted(answer.number for answer in answers) == list(range(40))
    # Only a bundle's single reports may be lost, and none was on a worker that died.
    assert {answer.ending for answer in answers} <= {Ending.DONE, Ending.KEPT}
    assert len(list((tmp_path / "out").glob("*.json"))) == 40
