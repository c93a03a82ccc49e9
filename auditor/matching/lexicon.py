"""The project's word list: tells damage from different words, and words from accidents of adjacency.

Chinese has no spaces, so 述法 also stands in 上述法律. Two questions need words: does a short term stand on word
boundaries, and is a differing character a slip or part of another word? The list is the vocabulary of
annual reports and is small; jieba's own dictionary (0.6 s to load, a cache file in the temp folder) is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from operator import add
from typing import TYPE_CHECKING

from auditor.matching.heads import HeadIndex, Heads, heads

if TYPE_CHECKING:
    import jieba

#: Characters that turn the meaning of a phrase when they slip into it.
POLARITY = frozenset("不未无没非免否莫勿")
LONGEST = 5
"""Characters of the longest words that are looked at."""


def pairs_of(text: str) -> list[str]:
    """Every two neighbouring characters, by position of the first."""
    return [*map(add, text, text[1:])]


class WordMap:
    """The listed words of 2 to 5 characters in one text, overlapping ones too."""

    def __init__(self, text: str, pairs: list[str], begun: Mapping[str, tuple[str, ...]]) -> None:
        size = len(text)
        #: For every position the earliest start of a word that ends there and the latest end of one that begins there.
        self._begins = list(range(size + 1))
        self._ends = list(range(size + 1))
        begins, ends = self._begins, self._ends
        for start, words in enumerate(map(begun.get, pairs)):
            for word in words or ():
                if text.startswith(word, start):
                    ends[start] = end = start + len(word)
                    if begins[end] == end:
                        begins[end] = start

    def covers(self, position: int) -> bool:
        """True when a word runs over ``position``."""
        first = max(0, position - LONGEST + 1)
        return any(end > position for end in self._ends[first : position + 1])

    def torn(self, start: int, end: int) -> bool:
        """True when a word that ends inside ``start:end`` meets one that begins there and runs out of it.

        预案 in 干预案件 is an accident of 干预 and 案件; 备案 in 备案件数 is not, for nothing claims its first half.
        """
        begins, ends = self._begins, self._ends
        for cut in range(start + 1, end):  # noqa: SIM110 (an explicit loop: runs for every short phrase found)
            if begins[cut] < start and ends[cut] > end:
                return True
        return False


def _lines(content: memoryview) -> list[str]:
    return str(content, "utf-8").split("\n")


class Lexicon:
    """A set of words with the two questions that matching asks of it."""

    def __init__(self, table: Heads) -> None:
        self.table = table
        """First two characters -> the words that begin so, shortest first, a line each."""
        self._heads = HeadIndex(table)
        self._begun: dict[str, tuple[str, ...]] = {}
        """The same in words, of the pairs met so far."""

    @classmethod
    def of(cls, words: Iterable[str]) -> Lexicon:
        """Of words of two characters and more."""
        begun: dict[str, list[str]] = {}
        for word in sorted(words, key=lambda word: (len(word), word)):
            begun.setdefault(word[:2], []).append(word)
        return cls(heads({head: "\n".join(words).encode() for head, words in begun.items()}))

    @property
    def words(self) -> list[str]:
        """All words, in order."""
        return sorted(word for content in self._heads for word in _lines(content))

    @cached_property
    def _tokenizer(self) -> jieba.Tokenizer:
        import logging
        import tempfile
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
        jieba.setLogLevel(logging.ERROR)
        tokenizer = jieba.Tokenizer()
        # An empty dictionary file keeps jieba from its default one and from its shared cache in the temp folder.
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/empty.txt"
            with open(path, "w", encoding="utf-8") as out:  # noqa: PTH123
                out.write("的 1000\n")
            tokenizer.dictionary = path
            tokenizer.tmp_dir = folder
            tokenizer.cache_file = "audit"
            tokenizer.initialize()
        for word in self.words:
            tokenizer.add_word(word, freq=200 * len(word) ** 2)
        return tokenizer

    def map(self, text: str, pairs: list[str]) -> WordMap:
        """Where listed words stand in a text; ``pairs`` are its neighbouring characters, as ``pairs_of`` gives them."""
        return WordMap(text, pairs, self._beginning(pairs))

    def _beginning(self, pairs: list[str]) -> Mapping[str, tuple[str, ...]]:
        """The words that begin with pairs, by pair."""
        self._begun.update((head, tuple(_lines(content))) for head, content in self._heads.new(pairs))
        return self._begun

    def straddles(self, text: str, boundary: int) -> bool:
        """True when a listed word runs across the gap before ``text[boundary]``."""
        first = max(0, boundary - LONGEST + 1)
        pairs = pairs_of(text[first : boundary + 1])
        begun = self._beginning(pairs)
        return any(
            first + place + len(word) > boundary and text.startswith(word, first + place)
            for place, pair in enumerate(pairs)
            for word in begun.get(pair, ())
        )

    def stands_alone(self, text: str, start: int, end: int) -> bool:
        """True when ``text[start:end]`` begins and ends on word boundaries.

        jieba is asked only where a listed word runs across one of the two ends.
        """
        left, right = max(0, start - 12), min(len(text), end + 12)
        window = text[left:right]
        if not (self.straddles(window, start - left) or self.straddles(window, end - left)):
            return True
        cuts = {0}
        position = 0
        for token in self._tokenizer.cut(window, HMM=False):
            position += len(token)
            cuts.add(position)
        return start - left in cuts and end - left in cuts
