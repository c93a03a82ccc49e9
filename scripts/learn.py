"""Learn what passages of each element read like, and write the model that the engine adds up.

usage: python scripts/learn.py [--without NAME,...] [--out FILE]

Learned from: the examples and near misses of the rules, and the labelled sentences, paragraphs and reports under
tests/contact (``--without`` leaves folders out, so that they can be measured as strangers). For every element a
logistic regression on the characters and pairs of neighbours: passages that tell of the element against its
look-alikes and against all passages of reports and paragraphs that tell of other matters. The same material gives the
same model.

Needs scikit-learn (``make learn`` installs it); the product itself does not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, pairwise
from math import sqrt
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from numpy import array
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from auditor.batch.atomic import write_atomic
from auditor.engine.candidates import Candidate, Outcome, candidates
from auditor.engine.likely import CLAUSES, LIKE, TOLD, passages
from auditor.matching.evaluate import CLAUSE_END, Matcher
from auditor.matching.likeness import FILE, encode, keys
from auditor.model import Role, Status
from auditor.proof import Case, cases_of, document_of
from auditor.reading import read_report
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
RARE = 20
"""Characters and pairs in fewer passages than this are not learned from."""
WEAK = 0.5
"""Of an example that is only named, against one that is told."""
COST = 20.0
"""Inverse strength of the regularisation; like RARE and WEAK chosen on paragraphs and reports left out."""
MARGIN = 0.5
"""Log-odds by which examples and near misses should be on their side of the floors after the first fit."""
INSIST = 6.0
"""How much more one that is not weighs in the second."""
MOST = 0.6
"""Share of a passage and of a quotation that are common where the passage is an example too."""


@dataclass
class Material:
    covered: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    weak: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """What only names the matter reads like it too."""
    near: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    others: dict[str, set[str]] = field(default_factory=dict)
    """Passages of reports and paragraphs with the elements that their text tells of or may tell of."""

    def of(self, texts: dict[str, list[str]]) -> Iterator[str]:
        for own in texts.values():
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
    for texts in (found.covered, found.weak, found.near):
        for element, taught in texts.items():
            texts[element] = list(dict.fromkeys(taught))
    return found


def _add(into: dict[str, list[str]], element: str, texts: Iterable[str]) -> None:
    if not element.startswith(FORM):
        into[element] += map(folded, texts)


def _matcher(doc: Document, book: RuleBook) -> Matcher:
    """What the rules find in a text before anything learned has its say."""
    return Matcher(doc, book.index, book.concepts)


def _counting(element: Element, matcher: Matcher) -> Iterator[tuple[Candidate, str]]:
    """Candidates that count, with the clauses that are looked at."""
    for candidate in candidates(element, matcher):
        if candidate.outcome is Outcome.COUNTS:
            a, b = matcher.units.clauses(candidate.start, candidate.end)
            yield candidate, matcher.doc.norm.text[a:b]


def _looked_at(element: Element, text: str) -> Iterator[str]:
    """What is looked at where a sentence is the only one that tells of the element."""
    case = Case(element.id, text, Role.ACHIEVEMENTS, Status.COVERED, "covered")
    matcher = _matcher(document_of(element, case, YEAR), book_for(None, YEAR))
    yield from dict.fromkeys(words for _, words in _counting(element, matcher))


def _add_told(found: Material, doc: Document, told: dict[str, list[str]], arguable: set[str]) -> None:
    """What a labelled text teaches.

    Passages and candidates within the quotations of an element are examples of it; candidates of elements that the
    text does not tell of are look-alikes of theirs, all its passages tell of other matters.
    """
    book = book_for(None, doc.metadata.report_year)
    matcher = _matcher(doc, book)
    quoted = {
        identity: [s for quote in quotes for s in _places(doc, quote)]
        for identity, quotes in told.items()
        if not identity.startswith(FORM)
    }
    for element in book.elements:
        if element.id.startswith(FORM):
            continue
        spans = quoted.get(element.id, ())
        for candidate, words in _counting(element, matcher):
            if any(a < candidate.end and candidate.start < b for a, b in spans):
                found.covered[element.id].append(words)
            elif element.id not in told and element.id not in arguable:
                found.near[element.id].append(words)
    text, clauses = doc.norm.text, matcher.units.texts()
    for passage in passages(doc, matcher.units):
        start, end = passage.span
        for identity, spans in quoted.items():
            if any(min(b, end) - max(a, start) >= MOST * max(b - a, end - start) for a, b in spans):
                found.covered[identity].append(text[start:end])
        first, last = passage.around
        for words in (text[start:end], "".join(clauses[first : last + 1])):
            found.others.setdefault(words, set()).update(told, arguable)


def _places(doc: Document, quote: str) -> Iterator[tuple[int, int]]:
    words = folded(quote)
    start = doc.norm.text.find(words)
    if words and start >= 0:
        yield start, start + len(words)


def _add_examples(found: Material) -> None:
    """What the engine looks at in every example and near miss of the rules and of the strangers."""
    for texts in found.near.values():
        texts += [run for text in list(texts) for run in _runs(text)]
    elements = {element.id: element for element in book_for(None, YEAR).elements}
    more: list[tuple[list[str], str]] = []
    for element in elements.values():
        for texts in (found.covered, found.weak):
            for text in texts.get(element.id, ()):
                more += [(texts[element.id], words) for words in _looked_at(element, text)]
        # An element that rests on others is met by passages of theirs.
        resting = [identity for c in element.covered if c.elements for identity in c.elements.ids]
        for text in found.covered.get(element.id, ()) if resting else ():
            for identity in resting:
                if identity in elements:
                    own = found.covered[identity]
                    more += [(own, words) for words in _looked_at(elements[identity], text)]
    for into, words in more:
        into.append(words)


def _runs(text: str) -> Iterator[str]:
    """The passages of a sentence, as the engine looks for them."""
    clauses = list(_clauses(text))
    for first in range(len(clauses)):
        for stop in range(first + 1, min(first + CLAUSES, len(clauses)) + 1):
            if stop - first < len(clauses):
                yield "".join(clauses[first:stop])


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
    _add_told(found, read_report(file).document, told, arguable)


def _add_paragraph(found: Material, entry: dict[str, Any]) -> None:
    for kind, into in (("covered", found.covered), ("weak", found.weak)):
        for element, quote in entry[kind].items():
            _add(into, element, (quote,))
    told = {element: [quote] for kind in ("covered", "weak") for element, quote in entry[kind].items()}
    _add_told(found, document(entry), told, set(entry["accept"]))


def folded(text: str) -> str:
    """A passage as the engine sees it."""
    return layout(text + "\n").norm.text.replace("\n", "")


def _clauses(text: str) -> Iterator[str]:
    ends = [match.end() for match in CLAUSE_END.finditer(text)]
    return (text[a:b] for a, b in pairwise((0, *ends, len(text))) if a < b)


def clause_keys(text: str) -> Counter[int]:
    """What the engine counts in a passage, clause by clause."""
    return Counter(key for clause in _clauses(text) for key in keys(clause))


class Space:
    """Passages as rows over the keys that are not rare: how often each stands there, over the root of their number."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts = Counter(key for text in texts for key in clause_keys(text))
        self.keys = sorted(key for key, count in counts.items() if count >= RARE)
        self._columns = {key: n for n, key in enumerate(self.keys)}

    def rows(self, texts: Iterable[str]) -> csr_matrix:
        ends, columns, values = [0], list[int](), list[float]()
        for text in texts:
            own = {self._columns[key]: n for key, n in clause_keys(text).items() if key in self._columns}
            columns += sorted(own)
            length = sqrt(sum(own.values()))
            values += [own[column] / length for column in sorted(own)]
            ends.append(len(columns))
        return csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(self.keys)))


class Learning:
    """The material as numbers."""

    def __init__(self, found: Material) -> None:
        self._found = found
        self.space = Space({*found.of(found.covered), *found.of(found.near), *found.others})
        self._others = self.space.rows(found.others)

    def element(self, identity: str) -> tuple[float, list[float]]:
        """Bias and weights of one element."""
        found, rows_of = self._found, self.space.rows
        others = [n for n, may in enumerate(found.others.values()) if identity not in may]
        examples = [(1.0, rows_of(found.covered[identity])), (WEAK, rows_of(found.weak[identity]))]
        unlike = [(1.0, rows_of(found.near[identity])), (1.0, self._others[others])]
        rows = vstack([rows for _, rows in examples + unlike])
        weights = array([weight for weight, rows in examples + unlike for _ in range(rows.shape[0])])
        answers = array(
            [n < len(examples) for n, (_, rows) in enumerate(examples + unlike) for _ in range(rows.shape[0])]
        )
        fitted = _fit(rows, answers, weights)
        # What was taught must be known again: examples that the first fit lets fall and near misses that it takes for
        # examples weigh more in the second.
        odds = fitted.decision_function(rows)
        near = slice(sum(answers), sum(answers) + unlike[0][1].shape[0])
        weights[answers & (odds < LIKE + MARGIN)] *= INSIST
        weights[near][odds[near] > TOLD - MARGIN] *= INSIST
        fitted = _fit(rows, answers, weights)
        return float(fitted.intercept_[0]), fitted.coef_[0].tolist()


def learn(found: Material) -> bytes:
    learning = Learning(found)
    elements = sorted(found.covered)
    with ProcessPoolExecutor(mp_context=get_context("fork"), initializer=_take, initargs=(learning,)) as pool:
        return encode(dict(zip(elements, pool.map(_element, elements), strict=True)), learning.space.keys)


_LEARNING: list[Learning] = []
"""What a process at work learns from."""


def _take(learning: Learning) -> None:
    _LEARNING.append(learning)


def _element(identity: str) -> tuple[float, list[float]]:
    return _LEARNING[0].element(identity)


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
    # Replaced and not written into: a run may have the model mapped.
    write_atomic(options.out, data)
    taught = sum(1 for texts in (found.covered, found.weak, found.near) for _ in found.of(texts))
    print(f"{options.out}：{taught} 段例句和看着像的，{len(found.others)} 段别的，{len(data)} 字节")


if __name__ == "__main__":
    main()
