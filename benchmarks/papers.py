"""Size and time of every output format, and the PDF beside stock WeasyPrint on the same HTML.

    python benchmarks/papers.py [--rounds N]

Stock WeasyPrint is what a program gets that hands over its HTML and no more: fonts of the system, tables laid out
automatically with collapsed borders. That fixed tables with separate borders are laid out faster is one of the things
this program does for its PDF; a second row gives them to stock WeasyPrint too, which leaves fonts, look-ups and garbage.

Every measurement is a process of its own, one at a time; formats and engines take turns within a round, and ratios
are taken within the round, so that a busy machine harms both alike.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import generate  # noqa: E402
from benchmarks.rounds import ROUNDS, Process, process  # noqa: E402

AUDIT = str(Path(sys.executable).with_name("audit"))
FEW = 3
"""Rounds for the formats: their times are for orientation."""
SAMPLES = {"要素最全的样例": "清渠县*.txt", "缺项最多的样例": "石梁县*.txt"}

# Makes one format of a stored result; prints seconds, bytes of each file and peak memory.
FORMAT = """
import json, resource, sys, time
start = time.perf_counter()
from pathlib import Path
from auditor.render.formats import FORMATS, Setting
from auditor.render.stored import stored_result
result = stored_result(Path(sys.argv[1]))
middle = time.perf_counter()
sizes = [len(part.render(result, Setting()).data) for part in FORMATS[sys.argv[2]].parts]
end = time.perf_counter()
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
cpu = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
peak = own.ru_maxrss
print(json.dumps({"seconds": end - middle, "wall": end - start, "cpu": cpu, "size": sum(sizes), "peak": peak * 1024}))
"""

# Saves the last HTML that the program lays out, with its style sheet for fonts of the system.
CAPTURE = """
import sys
from pathlib import Path
from auditor.render import pdf
from auditor.render.json import to_json
from auditor.render.stored import stored_result
real, folder = pdf._lay_out, Path(sys.argv[2])
def spy(engine, faces, inked):
    folder.joinpath("paper.html").write_text(inked.html, "utf-8")
    folder.joinpath("paper.css").write_text(pdf._stylesheet(faces, ()), "utf-8")
    return real(engine, faces, inked)
pdf._lay_out = spy
result = stored_result(Path(sys.argv[1]))
pdf.render_pdf(result, payload=to_json(result))
"""

# What a table is to WeasyPrint unless a style sheet says more.
PLAIN = "table { table-layout: auto !important; border-collapse: collapse !important }"

STOCK = """
import json, resource, sys, time
start = time.perf_counter()
from datetime import UTC, datetime
from pathlib import Path
import weasyprint
folder, day = Path(sys.argv[2]), datetime(2000, 1, 1, tzinfo=UTC)
payload = Path(sys.argv[1]).read_bytes()
kept = weasyprint.Attachment(string=payload, name="result.json", created=day, modified=day, relationship="Data")
html = weasyprint.HTML(string=folder.joinpath("paper.html").read_text("utf-8"))
css = weasyprint.CSS(string=folder.joinpath("paper.css").read_text("utf-8") + sys.argv[3])
data = html.write_pdf(stylesheets=[css], pdf_variant="pdf/a-3a", pdf_tags=True, attachments=[kept])
end = time.perf_counter()
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
cpu = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
peak = own.ru_maxrss
print(json.dumps({"seconds": end - start, "wall": end - start, "cpu": cpu, "size": len(data), "peak": peak * 1024}))
"""


def run(code: str, *words: str | Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    lines = done.stdout.splitlines()
    measured: dict[str, Any] = json.loads(lines[-1]) if lines else {}
    return measured


def audit(report: Path, folder: Path) -> Path:
    """The stored result of a sample."""
    command = [
        str(Path(sys.executable).with_name("audit")),
        str(report),
        "-f",
        "json",
        "-o",
        str(folder),
        "-q",
    ]
    subprocess.run(command, capture_output=True, check=False)
    return folder / f"{report.stem}.json"


def middle(values: list[float]) -> float:
    return statistics.median(values)


def formats_table(results: dict[str, Path], rounds: int) -> list[str]:
    from auditor.render.formats import FORMATS

    lines = ["| 格式 | " + " | ".join(f"{name}：KB | 秒 | 峰值 MB" for name in results) + " |"]
    lines.append("|---|" + "---:|---:|---:|" * len(results))
    seen: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for _ in range(rounds):
        for name in FORMATS:
            for sample, path in results.items():
                seen.setdefault((name, sample), []).append(run(FORMAT, path, name))
    for name in FORMATS:
        cells = []
        for sample in results:
            many = seen[name, sample]
            seconds = middle([one["seconds"] for one in many])
            peak = middle([one["peak"] for one in many]) / 2**20
            cells.append(f"{many[0]['size'] / 1000:.0f} | {seconds:.2f} | {peak:.0f}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def stock_table(results: dict[str, Path], rounds: int, folder: Path) -> list[str]:
    names = ("本程序", "WeasyPrint 原样", "原样，表格同本程序")
    lines = ["| 样例 | | 秒 | 处理器秒 | 峰值 MB | KB |", "|---|---|---:|---:|---:|---:|"]
    for sample, path in results.items():
        run(CAPTURE, path, folder)
        taken = [
            (run(FORMAT, path, "pdf"), run(STOCK, path, folder, PLAIN), run(STOCK, path, folder, ""))
            for _ in range(rounds)
        ]
        for place, name in enumerate(names):
            wall, cpu, peak = (middle([one[place][key] for one in taken]) for key in ("wall", "cpu", "peak"))
            size = taken[0][place]["size"] / 1000
            lines.append(f"| {sample} | {name} | {wall:.2f} | {cpu:.2f} | {peak / 2**20:.0f} | {size:.0f} |")
        for place, name in enumerate(names[1:], 1):
            ratios = [
                middle([one[0][key] / one[place][key] for one in taken])
                for key in ("wall", "cpu", "peak", "size")
            ]
            cells = " | ".join(f"**{ratio:.2f}**" for ratio in ratios)
            lines.append(f"| {sample} | 与“{name}”之比 | {cells} |")
    return lines


def together(few: int = 12, many: int = 48) -> str:
    """Verdict and PDF of many reports with two workers, beside one stock process for the PDF of each of the first few.

    What ``many`` take more than ``few`` is the rate at work: starting up and the paper on the whole batch count in both.
    """
    with tempfile.TemporaryDirectory() as folder:
        taken: dict[int, Process] = {}
        for count in (many, few):
            reports, out = Path(folder) / f"in-{count}", Path(folder) / f"out-{count}"
            generate(reports, count, seed=3)
            taken[count] = process(
                [AUDIT, str(reports), "-f", "pdf,json", "--quiet", "-j", "2", "-o", str(out)]
            )
        stock: dict[str, list[float]] = {PLAIN: [], "": []}
        for report in sorted(path for path in reports.rglob("*") if path.is_file()):
            result = out / f"{report.stem}.json"
            run(CAPTURE, result, folder)
            for tables, seconds in stock.items():
                seconds.append(run(STOCK, result, folder, tables)["wall"])
    whole = many / taken[many].seconds
    rate = (many - few) / (taken[many].seconds - taken[few].seconds)
    plain, fixed = (statistics.mean(stock[tables]) for tables in (PLAIN, ""))
    return (
        f"结论加 PDF：{many} 份两个进程 {taken[many].seconds:.1f} 秒，{few} 份 {taken[few].seconds:.1f} 秒；不算起动和汇总，"
        f"每秒 {rate:.2f} 份，连同起动和汇总每秒 {whole:.2f} 份。同样的 {few} 份报告，原样逐份各起一个进程排 PDF，每份 "
        f"{plain:.2f} 秒：本程序是它的 {rate * plain:.1f} 倍，连同起动 {whole * plain:.1f} 倍（表格同本程序的原样每份 "
        f"{fixed:.2f} 秒：{rate * fixed:.1f} 倍）。最大的一个进程 {taken[many].peak:.0f} MiB。"
    )


def again(report: Path) -> str:
    """One report with PDF, and the same once more."""
    with tempfile.TemporaryDirectory() as folder:
        command = [AUDIT, str(report), "--quiet", "-o", folder]
        first = process(command)
        ratio = middle([process(command).seconds for _ in range(5)]) / first.seconds
    return f"没有变动的报告连同 PDF 再核查一次，用时是第一次的 {ratio:.2f}。"


def report(rounds: int) -> list[str]:
    """The tables as Markdown lines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = {sample: next((ROOT / "reports_in").glob(mask)) for sample, mask in SAMPLES.items()}
        results = {sample: audit(path, folder) for sample, path in found.items()}
        return [
            "PDF 与 WeasyPrint 原样排同一份 HTML（本程序的用时含读结果、核对正文页数和裁字体；原样只含导入、排版和写出，表格自动排、边框合并）：",
            "",
            *stock_table(results, rounds, folder),
            "",
            together(),
            "",
            again(next(iter(found.values()))),
            "",
            f"各格式（{FEW} 轮）：",
            "",
            *formats_table(results, FEW),
        ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    print("\n".join(report(parser.parse_args().rounds)))
