"""Make rules/common/words.txt: the words that tell a slip from another word and a term from an accident.

Two sources: the vocabulary of our own rules, examples and samples, as jieba's full dictionary cuts it; and those
frequent words of that dictionary (MIT licence) that can run across the edge of a short term of the rules, such as
干预 and 案件 across 预案.

Run by ``make words`` after rules or examples have changed. The program itself never loads jieba's dictionary; it
uses this list to tell a slip from another word, and to find the word boundaries of short terms.
"""

from __future__ import annotations

import logging
import re
import warnings
from pathlib import Path

from auditor.rulebook.compile import all_patterns, phrases_of
from auditor.rulebook.load import Source, read

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "rules" / "common" / "words.txt"


def texts(source: Source) -> list[str]:
    """Everything written in the rules: examples, advice, gists, phrases; and the sample reports."""
    found = []
    for case, _ in source.cases.values():
        found += [*case.covered, *case.near, *case.weak, *case.weak_problems, *case.plan]
    for spec, _, _ in source.elements.values():
        found += [spec.name, *spec.sought, spec.advice.weak, spec.advice.missing]
    for _, clause in source.clauses.values():
        found.append(clause.gist)
    for path in sorted((ROOT / "reports_in").glob("*.txt")):
        found.append(path.read_text(encoding="utf-8"))
    return found


FREQUENT = 100
"""Least count in jieba's dictionary of a word that may claim the edge of a term."""
ODD = frozenset({"在手"})
"""Words of that dictionary that claim too much: 在手 and 机上 would tear 手机 in 在手机上."""


def main() -> None:
    warnings.simplefilter("ignore")
    import jieba

    jieba.setLogLevel(logging.ERROR)
    source = read(ROOT / "rules" / "outline-2021", cases=True)
    phrases = [phrase for _, pattern in all_patterns(source) for phrase in phrases_of(pattern)]
    words: set[str] = set()
    han = re.compile(r"[一-鿿]{2,5}")
    for text in texts(source):
        for word in jieba.cut(re.sub(r"\s", "", text), HMM=False):
            if han.fullmatch(word):
                words.add(word)
    short = {p.text for p in phrases if 2 <= len(p.text) <= 3}
    heads = {t[:n] for t in short for n in range(1, len(t))}
    tails = {t[n:] for t in short for n in range(1, len(t))}
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, _ = line.split(" ")
            if int(frequency) >= FREQUENT and han.fullmatch(word) and len(word) <= 3:
                ends = any(word[n:] in heads for n in range(1, len(word)))
                begins = any(word[:n] in tails for n in range(1, len(word)))
                if ends or begins:
                    words.add(word)
    # Terms of the rules that stand on word boundaries are words, whatever the dictionary says.
    words.update(phrase.text for phrase in phrases if phrase.alone)
    words -= ODD
    TARGET.write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}：{len(words)} 个词")


if __name__ == "__main__":
    main()
