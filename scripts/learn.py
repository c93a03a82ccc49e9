"""Learn what passages of each element read like, and write the model that the engine adds up.

usage: python scripts/learn.py [--without NAME,...] [--out FILE]

Learned from: the examples and near misses of the rules, and the labelled sentences, paragraphs and reports under
tests/contact (``--without`` leaves folders out, so that they can be measured as strangers). For every element a
logistic regression on the presence of characters and pairs of neighbours: passages that tell of the element against
its look-alikes and against sentences about other matters. The same material gives the same model.

Needs scikit-learn (``make learn`` installs it); the product itself does not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any

from numpy import array
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from auditor.engine.candidates import LIKE, Candidate, Outcome, candidates, surroundings
from auditor.matching.evaluate import Matcher
from auditor.matching.likeness import FILE, encode, keys
from auditor.model import Role, Status
from auditor.proof import Case, cases_of, document_of
from auditor.reading import read_report
from auditor.regex import regex
from auditor.rulebook.book import Element, RuleBook
from auditor.rulebook.files import locate
from auditor.rulebook.load import read
from auditor.rulebook.shelf import book_for
from auditor.text.document import Document
from auditor.text.normalise import layout
from tests.contact.measure import cases
from tests.contact.paragraphs import FORM, document

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "rules" / "common"
CONTACT = ROOT / "tests" / "contact"
YEAR = 2023
"""Of the reports in which examples are looked at."""
RARE = 30
"""Characters and pairs in fewer passages than this are not learned from."""
OTHERS = 8000
"""Sentences about other matters, at most, per element."""
WEIGHTS = {"covered": 1.0, "weak": 0.5, "near": 1.0, "other": 0.3}
"""Of one passage; like RARE, OTHERS and COST chosen on paragraphs and reports left out of the learning."""
COST = 20.0
"""Inverse strength of the regularisation."""
MARGIN = 0.5
"""Log-odds by which an example should be above the floor after the first fit."""
INSIST = 6.0
"""How much more one that is not weighs in the second."""
_SENTENCE_END = regex(r"[。；\n]")


@dataclass
class Material:
    covered: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    weak: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """What only names the matter reads like it too."""
    near: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    sentences: list[tuple[str, set[str]]] = field(default_factory=list)
    """Sentences of reports and paragraphs with the elements they may tell of."""

    def of(self, passages: dict[str, list[str]]) -> Iterator[str]:
        for own in passages.values():
            yield from own


def gather(without: frozenset[str]) -> Material:
    found = Material()
    folders = [path for path in sorted(CONTACT.iterdir()) if path.is_dir() and path.name not in without]
    rules = read(locate("outline-2021"), cases=True)
    into = {"covered": found.covered, "near": found.near, "weak": found.weak, "plan": found.weak}
    own = chain.from_iterable(cases_of(spec) for spec, _ in rules.cases.values())
    strangers = chain.from_iterable(cases(path) for path in folders if path.name.startswith("set-"))
    for case in chain(own, strangers):
        _add(into[case.kind], case.element, (case.sentence,))
    _add_examples(found)
    for folder in folders:
        if folder.name.startswith("reports-"):
            for path in sorted(folder.glob("*.gold.json")):
                _add_report(found, path)
        if folder.name.startswith("prose-"):
            for path in sorted(folder.glob("*.json")):
                for entry in json.loads(path.read_text(encoding="utf-8")):
                    _add_paragraph(found, entry)
    for passages in (found.covered, found.weak, found.near):
        for element, own in passages.items():
            passages[element] = list(dict.fromkeys(own))
    return found


def _add(passages: dict[str, list[str]], element: str, texts: Iterable[str]) -> None:
    if not element.startswith(FORM):
        passages[element] += map(folded, texts)


def _matcher(doc: Document, book: RuleBook) -> Matcher:
    """What the rules find in a text before anything learned has its say."""
    return Matcher(doc, book.index, book.concepts)


def _counting(element: Element, matcher: Matcher) -> Iterator[tuple[Candidate, str]]:
    """Candidates that count, with the text that is looked at."""
    for candidate in candidates(element, matcher):
        if candidate.outcome is Outcome.COUNTS:
            yield candidate, surroundings(candidate.start, candidate.end, matcher)


def _looked_at(element: Element, text: str) -> Iterator[str]:
    """What is looked at where a sentence is the only one that tells of the element."""
    case = Case(element.id, text, Role.ACHIEVEMENTS, Status.COVERED, "covered")
    matcher = _matcher(document_of(element, case, YEAR), book_for(None, YEAR))
    yield from dict.fromkeys(words for _, words in _counting(element, matcher))


def _add_found(found: Material, doc: Document, told: dict[str, list[str]], arguable: set[str]) -> None:
    """Candidates within the quotations of their element are examples, those of missing elements look-alikes."""
    book = book_for(None, doc.metadata.report_year)
    matcher = _matcher(doc, book)
    for element in book.elements:
        if element.id.startswith(FORM):
            continue
        spans = [span for quote in told.get(element.id, ()) for span in _places(doc, quote)]
        for candidate, words in _counting(element, matcher):
            if any(a < candidate.end and candidate.start < b for a, b in spans):
                found.covered[element.id].append(words)
            elif element.id not in told and element.id not in arguable:
                found.near[element.id].append(words)


def _places(doc: Document, quote: str) -> Iterator[tuple[int, int]]:
    words = folded(quote)
    start = doc.norm.text.find(words)
    if words and start >= 0:
        yield start, start + len(words)


def _add_examples(found: Material) -> None:
    """What the engine looks at in every example of the rules and of the strangers."""
    elements = {element.id: element for element in book_for(None, YEAR).elements}
    more: list[tuple[list[str], str]] = []
    for element in elements.values():
        for passages in (found.covered, found.weak):
            for text in passages.get(element.id, ()):
                more += [(passages[element.id], words) for words in _looked_at(element, text)]
        # An element that rests on others is met by passages of theirs.
        resting = [identity for c in element.covered if c.elements for identity in c.elements.ids]
        for text in found.covered.get(element.id, ()) if resting else ():
            for identity in resting:
                if identity in elements:
                    passages = found.covered[identity]
                    more += [(passages, words) for words in _looked_at(elements[identity], text)]
    for own, words in more:
        own.append(words)


def _add_report(found: Material, path: Path) -> None:
    told: dict[str, list[str]] = {}
    arguable: set[str] = set()
    for element, label in json.loads(path.read_text(encoding="utf-8"))["elements"].items():
        if label["status"] in ("covered", "weak"):
            told[element] = label["evidence"]
            _add(found.covered if label["status"] == "covered" else found.weak, element, label["evidence"])
        elif label.get("accept"):
            arguable.add(element)
    file = path.with_name(path.name.replace(".gold.json", ".txt"))
    _add_sentences(found, file.read_text(encoding="utf-8"), told, arguable)
    _add_found(found, read_report(file).document, told, arguable)


def _add_paragraph(found: Material, entry: dict[str, Any]) -> None:
    for kind, passages in (("covered", found.covered), ("weak", found.weak)):
        for element, quote in entry[kind].items():
            _add(passages, element, (quote,))
    told = {element: [quote] for kind in ("covered", "weak") for element, quote in entry[kind].items()}
    _add_sentences(found, entry["text"], told, set(entry["accept"]))
    _add_found(found, document(entry), told, set(entry["accept"]))


def _add_sentences(found: Material, text: str, told: dict[str, list[str]], arguable: set[str]) -> None:
    for sentence in map(str.strip, _SENTENCE_END.split(text)):
        if len(sentence) >= 10:
            may = {
                e
                for e, quotes in told.items()
                if any(q[:10] in sentence or sentence[:10] in q for q in quotes)
            }
            found.sentences.append((folded(sentence), may | arguable))


def folded(text: str) -> str:
    """A passage as the engine sees it."""
    return layout(text + "\n").norm.text.replace("\n", "")


class Space:
    """Passages as rows of length one over the keys that are not rare."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts = Counter(key for text in texts for key in keys(text))
        self.keys = sorted(key for key, count in counts.items() if count >= RARE)
        self._columns = {key: n for n, key in enumerate(self.keys)}

    def rows(self, texts: Iterable[str]) -> csr_matrix:
        ends, columns, values = [0], list[int](), list[float]()
        for text in texts:
            own = sorted(self._columns[key] for key in keys(text) if key in self._columns)
            columns += own
            values += [1 / sqrt(max(1, len(own)))] * len(own)
            ends.append(len(columns))
        return csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(self.keys)))


def learn(found: Material) -> bytes:
    space = Space({*found.of(found.covered), *found.of(found.near), *(text for text, _ in found.sentences)})
    sentences = space.rows(text for text, _ in found.sentences)
    model: dict[str, tuple[float, list[float]]] = {}
    for element in sorted(found.covered):
        others = [n for n, (_, may) in enumerate(found.sentences) if element not in may]
        others = sorted(Random(0).sample(others, min(OTHERS, len(others))))
        parts = [
            (WEIGHTS["covered"], 1, space.rows(found.covered[element])),
            (WEIGHTS["weak"], 1, space.rows(found.weak[element])),
            (WEIGHTS["near"], 0, space.rows(found.near[element])),
            (WEIGHTS["other"], 0, sentences[others]),
        ]
        rows = vstack([rows for _, _, rows in parts])
        answers = array([answer for _, answer, rows in parts for _ in range(rows.shape[0])])
        weights = array([weight for weight, _, rows in parts for _ in range(rows.shape[0])])
        fitted = _fit(rows, answers, weights)
        # What was taught must be known again: examples that the first fit lets fall weigh more in the second.
        weights[(answers == 1) & (fitted.decision_function(rows) < LIKE + MARGIN)] *= INSIST
        fitted = _fit(rows, answers, weights)
        model[element] = float(fitted.intercept_[0]), fitted.coef_[0].tolist()
    return encode(model, space.keys)


def _fit(rows: csr_matrix, answers: Any, weights: Any) -> LogisticRegression:
    fitted = LogisticRegression(C=COST, solver="liblinear", max_iter=300, random_state=0)
    return fitted.fit(rows, answers, weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--without", default="")
    parser.add_argument("--out", type=Path, default=RULES / FILE)
    options = parser.parse_args()
    found = gather(frozenset(options.without.split(",")))
    data = learn(found)
    options.out.write_bytes(data)
    passages = sum(1 for own in (found.covered, found.weak, found.near) for _ in found.of(own))
    print(f"{options.out}：{passages} 段例句和看着像的，{len(found.sentences)} 句旁的，{len(data)} 字节")


if __name__ == "__main__":
    main()
