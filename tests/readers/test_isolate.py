"""The child process that reads what is not bounded by itself: a fork where that is safe, else a new interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import forks
from auditor.readers import html, isolate, pdf_pages
from auditor.readers.dispatch import extract
from auditor.readers.extracted import Extracted, Refused
from auditor.readers.isolate import read_isolated
from auditor.readers.limits import MIB
from tests.readers.helpers import drawn, raw_pdf

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="只在有资源限制的系统上")
DATA = raw_pdf(drawn(["法治政府建设的正文"]))
Read = Callable[..., Extracted]


@pytest.fixture(params=["fork", "new"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(forks, "possible", lambda: request.param == "fork")
    return str(request.param)


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[Read], None]:
    """Makes every fork read with a function of the test."""
    monkeypatch.setattr(forks, "possible", lambda: True)
    return lambda read: monkeypatch.setattr(pdf_pages, "read_pages", read)


def open_files() -> set[str]:
    return {path.name for path in Path("/proc/self/fd").iterdir()}


def test_both_ways_read_the_same(way: str) -> None:
    before = open_files()
    found = read_isolated("pdf", DATA)
    assert (found.text, found.format) == ("法治政府建设的正文\n", "pdf")
    assert open_files() == before


def test_both_ways_refuse_with_the_sentence_of_the_reader(way: str) -> None:
    with pytest.raises(Refused, match="已损坏"):
        read_isolated("pdf", b"%PDF-1.4 nothing")


def test_words_of_any_kind_arrive(way: str) -> None:
    page = "<html><body><p>全面推进法治政府建设，各项工作取得新成效，现将有关情况报告如下。</p></body></html>".encode(
        "gb18030"
    )
    for charset in ("gb2312", "-c", "a\0b", "\ud800", "无"):
        assert "法治政府" in read_isolated("html", page, charset).text
        # A file says which charset it has; the page goes to a child when it has many tags.
        assert "法治政府" in html.read_html(page + b"<b></b>" * 20_001, charset).text


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "possible", lambda: False)
    monkeypatch.setattr(isolate, "SECONDS", 0.02)
    with pytest.raises(Refused, match="超出了时间或内存上限"):
        read_isolated("pdf", DATA)


def test_a_fork_that_takes_too_long_is_ended(
    reading: Callable[[Read], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    reading(lambda data: time.sleep(60) or Extracted("", ""))
    monkeypatch.setattr(isolate, "SECONDS", 0.3)
    fork, children = os.fork, list[int]()

    def counted() -> int:
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(os, "fork", counted)
    start = time.monotonic()
    with pytest.raises(Refused, match="超出了时间或内存上限"):
        read_isolated("pdf", DATA)
    assert time.monotonic() - start < 10
    (child,) = children
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


def hungry(data: bytes) -> Extracted:
    kept = [bytearray(100 * MIB) for _ in range(11)]
    return Extracted(str(len(kept)), "pdf")


def modest(data: bytes) -> Extracted:
    return Extracted(str(len(bytearray(700 * MIB))), "pdf")


def test_a_fork_has_the_same_room_for_the_file(reading: Callable[[Read], None]) -> None:
    reading(hungry)
    with pytest.raises(Refused, match="超出了时间或内存上限"):
        read_isolated("pdf", DATA)
    reading(modest)
    assert read_isolated("pdf", DATA).text == str(700 * MIB)


def test_a_fork_that_dies_or_fails(reading: Callable[[Read], None]) -> None:
    reading(lambda data: os.abort())
    with pytest.raises(Refused, match="超出了时间或内存上限"):
        read_isolated("pdf", DATA)
    reading(lambda data: Extracted(str(1 // 0), "pdf"))
    with pytest.raises(Refused, match="意外的错误"):
        read_isolated("pdf", DATA)


def test_a_fork_is_cut_off(
    reading: Callable[[Read], None], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It holds no file of the parent's and says nothing on its streams."""
    with (tmp_path / "open").open("w", encoding="utf-8") as file:

        def look(data: bytes) -> Extracted:
            os.write(1, b"x")
            os.write(2, b"x")
            return Extracted(
                ",".join(str(Path(f"/proc/self/fd/{n}").readlink()) for n in (0, 1, 2)) + str(probe()), "pdf"
            )

        def probe() -> bool:
            try:
                os.fstat(file.fileno())
            except OSError:
                return False
            return file.fileno() != 3

        reading(look)
        assert read_isolated("pdf", DATA).text == "/dev/null,/dev/null,/dev/null" + "False"
    assert capfd.readouterr() == ("", "")


def test_a_fork_outlives_neither_reader_nor_parent(tmp_path: Path) -> None:
    code = (
        "import os, time; from auditor.readers import forked, pdf_pages\n"
        "def slow(data):\n"
        f"    open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(60)\n"
        "pdf_pages.read_pages = slow\n"
        "forked.run('pdf', b'', (), 60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    file = tmp_path / "pid"
    while not file.exists() or not file.read_text():
        time.sleep(0.02)
    child = int(file.read_text())
    parent.kill()
    parent.wait()
    end = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or " Z " in state.read_text()


def test_no_fork_beside_other_threads() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert not forks.possible()
        assert "正文" in extract(DATA).text
    finally:
        stop.set()
        thread.join()


def test_limits_of_a_new_interpreter() -> None:
    code = (
        "from auditor.readers.worker import limit; limit(); import resource as r; "
        "print(r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_CPU)[0]); x = bytearray(2 ** 31)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split() == [str(1024 * MIB), "20"] and "MemoryError" in done.stderr


def test_a_limit_of_the_system_that_is_lower_holds() -> None:
    code = (
        "import resource as r; r.setrlimit(r.RLIMIT_CPU, (5, 5)); from auditor.readers.worker import limit; limit(); "
        "print(r.getrlimit(r.RLIMIT_CPU)[0], r.getrlimit(r.RLIMIT_CORE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["5", "0"]


def test_a_package_of_our_name_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    (tmp_path / "auditor").mkdir()
    (tmp_path / "auditor" / "__init__.py").write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "正文" in extract(DATA).text


def test_a_system_without_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise OSError

    for name, value in (("possible", lambda: True), ("possible", lambda: False)):
        monkeypatch.setattr(forks, name, value)
        monkeypatch.setattr(os, "fork", none)
        monkeypatch.setattr(subprocess, "run", none)
        with pytest.raises(Refused, match="启动不了读取文件的子进程"):
            read_isolated("pdf", DATA)
