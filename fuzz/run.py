"""``python fuzz/run.py NAME SECONDS``: fuzz one target for so long, beginning with its corpus.

``list`` as the name lists the targets; ``all`` runs one after the other, each for SECONDS. What is found, and the
grown corpus, go to ``fuzz/.work/NAME``; ``--keep`` puts some that add coverage into ``fuzz/corpus``.
One line of JSON per target tells what was done. Needs atheris: ``uv pip install --group fuzz``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = HERE / ".work"
MAX_LENGTH = {"docx": 6000, "ofd": 6000, "html": 6000, "pdf": 8000, "rules": 6000}
KEPT, KEPT_BYTES = 40, 6000
_DONE = re.compile(r"Done (\d+) runs|stat::number_of_executed_units:\s*(\d+)")
_COVERAGE = re.compile(r"cov: (\d+) ft: (\d+)")


def fuzz(name: str, seconds: int) -> dict[str, object]:
    """Run one target; restarted after a hang, an exhausted memory or a native crash until the time is over."""
    work, corpus = WORK / name, HERE / "corpus" / name
    grown, artefacts = work / "corpus", work / "artefacts"
    for folder in (grown, artefacts, corpus):
        folder.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + seconds
    runs = restarts = coverage = features = 0
    log = work / "log.txt"
    while (left := int(end - time.monotonic())) > 2:
        words = [
            f"-max_total_time={left}", "-timeout=20", "-rss_limit_mb=3000", "-print_final_stats=1", "-close_fd_mask=0",
            f"-max_len={MAX_LENGTH.get(name, 4000)}", f"-artifact_prefix={artefacts}/", str(grown), str(corpus),
        ]  # fmt: skip
        command = [sys.executable, str(HERE / "harness.py"), name, str(work / "findings"), *words]
        with log.open("wb") as out:
            done = subprocess.run(command, stdout=out, stderr=out, check=False)
        text = log.read_text("utf-8", "replace")
        runs += max((int(a or b) for a, b in _DONE.findall(text)), default=0)
        for cov, ft in _COVERAGE.findall(text):
            coverage, features = max(coverage, int(cov)), max(features, int(ft))
        if done.returncode == 0:
            break
        restarts += 1
        shutil.copy(log, work / f"crash-{restarts}.txt")
        if restarts > 50:
            break
    found = sorted(
        p.name for folder in (work / "findings", artefacts) if folder.is_dir() for p in folder.iterdir()
    )
    return {
        "target": name, "seconds": seconds, "runs": runs, "coverage": coverage, "features": features,
        "corpus": len(list(grown.iterdir())), "restarts": restarts, "found": found,
    }  # fmt: skip


def keep(name: str) -> None:
    """Add inputs out of those that together reach what the grown corpus reaches."""
    merged = WORK / name / "merged"
    shutil.rmtree(merged, ignore_errors=True)
    merged.mkdir(parents=True)
    corpus = HERE / "corpus" / name
    command = [
        sys.executable, str(HERE / "harness.py"), name, str(WORK / name / "findings"), "-merge=1", "-timeout=20",
        str(merged), str(corpus), str(WORK / name / "corpus"),
    ]  # fmt: skip
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    have = {path.read_bytes() for path in corpus.iterdir()}
    fresh = [
        p
        for p in sorted(merged.iterdir(), key=lambda p: (p.stat().st_size, p.name))
        if p.stat().st_size <= KEPT_BYTES
    ]
    fresh = [path for path in fresh if path.read_bytes() not in have]
    room = max(0, KEPT - len(have))
    # Evenly from the smallest to the largest: the smallest alone are all of one kind.
    for path in fresh[:: max(1, -(-len(fresh) // room))] if room else ():
        shutil.copy(path, corpus / path.name[:12])


def main(words: list[str]) -> int:
    names = [path.name for path in sorted((HERE / "corpus").iterdir()) if path.is_dir()]
    if not words or words[0] == "list":
        print("\n".join(names))
        return 0
    chosen = names if words[0] == "all" else [words[0]]
    code = 0
    for name in chosen:
        if "--keep" in words:
            keep(name)
            continue
        done = fuzz(name, int(words[1]))
        print(json.dumps(done, ensure_ascii=False), flush=True)
        code = max(code, bool(done["found"]))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
