"""What a run loads: a verdict pays for nothing that only a paper, a reader or another command needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPORTS = sorted((ROOT / "reports_in").glob("*.txt"))
HEAVY = (
    "weasyprint", "fontTools", "jinja2", "numpy", "yaml", "lxml", "pypdfium2", "docx", "xlsxwriter", "rich",
    "sqlite3", "multiprocessing", "distributed", "datasketch", "asyncio", "_hashlib", "typer", "click", "inspect",
    "typing_extensions", "tempfile", "shutil", "random",
)  # fmt: skip
RUN = """
import json, os, sys
# On one core the figures are looked at in this process as well.
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
sys.argv = ["audit", *sys.argv[1:]]
from auditor.cli import main
# What has been loaded is looked at after the end.
os._exit = sys.exit
try:
    main()
except SystemExit:
    pass
jieba = sys.modules.get("jieba")
loaded = {name.partition(".")[0] for name in sys.modules}
print(json.dumps({"modules": sorted(loaded), "dictionary": bool(jieba and jieba.dt.initialized),
                  "figures": "auditor.figures.check" in sys.modules}))
"""


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_a_verdict_loads_no_engine_and_no_dictionary(report: Path, tmp_path: Path) -> None:
    words = [str(report), "-q", "-f", "json", "-o", str(tmp_path / "out")]
    for _ in range(2):
        # The first run may have to compile the rules; from then on they are kept.
        done = subprocess.run(
            [sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=True, timeout=120
        )
    found = json.loads(done.stdout.splitlines()[-1])
    assert "rapidfuzz" in set(found["modules"]) and found["figures"]
    assert not set(HEAVY) & set(found["modules"])
    assert found["dictionary"] is False
