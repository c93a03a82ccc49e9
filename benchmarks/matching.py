"""The matching of the whole rule book beside other ways of fuzzy search, on the same texts and phrases.

    python benchmarks/matching.py [--peers PYTHON]

The honest baseline is naive rapidfuzz: ``partial_ratio_alignment`` of every phrase on the whole text. Slow peers run
on a sample of the phrases, against the baseline on the same sample. spaczz needs spaCy and runs in an environment of
its own (``--peers``: its python).
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import msgspec  # noqa: E402
from rapidfuzz import fuzz  # noqa: E402

from auditor.engine.verdict import judge  # noqa: E402
from auditor.matching.heads import HeadIndex  # noqa: E402
from auditor.matching.phrases import Begun, Phrase, PhraseIndex, allowed_edits, phrase_table  # noqa: E402
from auditor.reading import read_report  # noqa: E402
from auditor.rulebook.book import RuleBook  # noqa: E402
from auditor.rulebook.files import locate  # noqa: E402
from auditor.rulebook.shelf import load_book  # noqa: E402
from auditor.text.document import Document  # noqa: E402
from benchmarks.rounds import ROUNDS, interleaved  # noqa: E402

SAMPLE = 540
LENGTH = 5000


def documents() -> list[Document]:
    """The bundled samples and one of about 5,000 characters made of two of them."""
    from auditor.model import ReaderInfo
    from auditor.text.parse import parse

    paths = sorted((ROOT / "reports_in").glob("*.txt"))
    found = [read_report(path).document for path in paths]
    text = ""
    while len(text) < LENGTH:
        for path in paths:
            text += path.read_text(encoding="utf-8")
    cut = text.rfind("\n", 0, LENGTH)
    return [*found, parse(text[:cut], ReaderInfo("text", "utf-8"), year=2024)]


def phrases_of(book: RuleBook) -> list[str]:
    """Every phrase of the book as text."""
    table = book.index.table
    begun = [msgspec.msgpack.decode(one, type=Begun) for one in HeadIndex(table.fixed)]
    long = [
        msgspec.msgpack.decode(one.longer(one.seconds[place : place + 2]) or b"", type=dict[str, Any])
        for one in begun
        for place in range(0, len(one.seconds), 2)
    ]
    fixed = [*chain.from_iterable(one.short for one in begun), *chain.from_iterable(long)]
    phrases = [*table.singles, *fixed, *table.alone, *(phrase.text for phrase in table.loose)]
    assert len(phrases) == table.size
    return phrases


def naive(phrases: list[str], text: str) -> int:
    """How many phrases the baseline finds."""
    return sum(
        fuzz.partial_ratio_alignment(phrase, text, score_cutoff=80) is not None
        for phrase in phrases
        if len(phrase) <= len(text)
    )


def whole_book(rounds: int) -> list[str]:
    """The whole book (concepts, distances, exclusions) against the baseline on as many phrases."""
    book = load_book(locate("outline-2021"))
    phrases = phrases_of(book)
    lines = [
        f"全部规则（{len(phrases)} 个短语，含概念、间距、排除），对照同样多短语逐个 rapidfuzz：",
        "",
        "| 报告 | 字数 | 逐个 rapidfuzz（毫秒） | 全部规则（毫秒） | 比 |",
        "|---|---:|---:|---:|---:|",
    ]
    for doc in documents():
        text = doc.norm.text
        took = interleaved(
            {
                "naive": lambda text=text: naive(phrases, text),
                "ours": lambda doc=doc: judge(doc, book, doc.metadata.level),
            },
            rounds,
        )
        name = (doc.metadata.issuer or "")[:12]
        a, b = took["naive"], took["ours"]
        lines.append(
            f"| {name} | {len(text)} | {a.seconds * 1000:.0f} | {b.seconds * 1000:.1f} | {b.ratio:.3f} |"
        )
    return lines


def peers(rounds: int, python: str | None) -> list[str]:
    """Single phrases with slips: our index beside other libraries."""
    book = load_book(locate("outline-2021"))
    rng = random.Random(1)
    sample = rng.sample(sorted(p for p in phrases_of(book) if 4 <= len(p) <= 14), SAMPLE)
    text = documents()[-1].norm.text
    sentences = [part for part in text.replace("！", "。").split("。") if part]
    index = PhraseIndex(phrase_table([[Phrase(phrase)] for phrase in sample]), book.lexicon)

    def by_sentence() -> int:
        return sum(any(fuzz.partial_ratio(p, s, score_cutoff=80) for s in sentences) for p in sample)

    methods = {
        "逐个 rapidfuzz（全文）": lambda: naive(sample, text),
        "逐个 rapidfuzz（逐句）": by_sentence,
        "本程序：候选": lambda: len(index.candidates(text).present),
        "本程序：候选并剔除别的词": lambda: len(index.search(text).present),
        "只找原词（str.find）": lambda: sum(text.find(p) >= 0 for p in sample),
    }
    slow = {}
    try:
        import regex

        compiled = [regex.compile(f"(?:{regex.escape(p)}){{e<={allowed_edits(len(p))}}}") for p in sample]
        slow["regex {e<=k}"] = lambda: sum(r.search(text) is not None for r in compiled)
    except ImportError:
        pass
    try:
        from fuzzysearch import find_near_matches

        methods["fuzzysearch"] = lambda: sum(
            bool(find_near_matches(p, text, max_l_dist=allowed_edits(len(p)))) for p in sample
        )
    except ImportError:
        pass
    took = interleaved(methods, rounds)
    first = next(iter(methods))
    for name, method in slow.items():
        took[name] = interleaved({first: methods[first], name: method}, 3)[name]
    if python is not None:
        took["spaczz（spaCy 中文分词）"] = _spaczz(python, sample, text, took[first].seconds)
    lines = [
        f"单个短语（抽 {SAMPLE} 个，报告 {len(text)} 字）：",
        "",
        "| 方法 | 毫秒 | 与基线之比 |",
        "|---|---:|---:|",
    ]
    for name, timing in took.items():
        lines.append(f"| {name} | {timing.seconds * 1000:.2f} | {timing.ratio:.3f} |")
    return lines


def _spaczz(python: str, phrases: list[str], text: str, base: float):  # type: ignore[no-untyped-def]
    from benchmarks.rounds import Timing

    code = (
        "import json,sys,time,spacy\nfrom spaczz.matcher import FuzzyMatcher\n"
        "phrases,text=json.load(sys.stdin)\nnlp=spacy.blank('zh')\nm=FuzzyMatcher(nlp.vocab,min_r=80)\n"
        "for p in phrases: m.add(p,[nlp.make_doc(p)])\n"
        "a=time.perf_counter();m(nlp.make_doc(text));print(time.perf_counter()-a)"
    )
    done = subprocess.run(
        [python, "-c", code], input=json.dumps([phrases, text]), capture_output=True, text=True, check=True
    )
    seconds = float(done.stdout)
    return Timing(seconds, seconds / base)


def scaling(rounds: int) -> list[str]:
    """Five times the text; ten times the rules."""
    from auditor.model import ReaderInfo
    from auditor.text.parse import parse

    book = load_book(locate("outline-2021"))
    text = documents()[-1].text
    short, long = (parse(t, ReaderInfo("text", "utf-8"), year=2024) for t in (text, "\n".join([text] * 5)))
    took = interleaved(
        {
            "1": lambda: judge(short, book, short.metadata.level),
            "5": lambda: judge(long, book, long.metadata.level),
        },
        rounds,
    )
    phrases = phrases_of(book)
    random.Random(2).shuffle(phrases)
    few, many = (
        PhraseIndex(phrase_table([[Phrase(p)] for p in phrases[:count]]), book.lexicon)
        for count in (len(phrases) // 10, len(phrases))
    )
    rules = interleaved(
        {"1": lambda: few.search(short.norm.text), "10": lambda: many.search(short.norm.text)}, rounds
    )
    return [
        f"文本加到 5 倍（{len(short.norm.text)} 字到 {len(long.norm.text)} 字），时间是 {took['5'].ratio:.1f} 倍；"
        f"短语加到 10 倍（{len(phrases) // 10} 到 {len(phrases)} 个，全部容错），"
        f"查找时间是 {rules['10'].ratio:.1f} 倍。"
    ]


def report(rounds: int = ROUNDS, python: str | None = None) -> list[str]:
    """All tables as Markdown lines."""
    # As the program does: nearly everything a run makes lives to its end.
    gc.set_threshold(100_000, 50, 50)
    return [*whole_book(rounds), "", *peers(rounds, python), "", *scaling(rounds)]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--peers", metavar="PYTHON")
    chosen = options.parse_args()
    print("\n".join(report(chosen.rounds, chosen.peers)))
