"""Seeded reports of random words, with passages planted in some of them: nothing is shared that was not planted."""

from __future__ import annotations

import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_HEADINGS = ("加强组织领导", "转变政府职能", "完善制度体系", "规范行政执法", "化解矛盾纠纷", "强化权力监督")


def _words() -> list[str]:
    lines = (ROOT / "rules" / "common" / "words.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if 2 <= len(line) <= 4 and line.isalpha() and not line.isascii()]


def sentence(words: list[str], chance: random.Random) -> str:
    clauses = ("".join(chance.choices(words, k=chance.randint(3, 6))) for _ in range(chance.randint(2, 4)))
    return "，".join(clauses) + f"{chance.randint(2, 900)}件。"


def report(name: str, year: int, words: list[str], chance: random.Random, planted: list[str]) -> str:
    """About 5,000 characters; planted passages stand at the end of the first parts."""
    out = [
        f"{name}{year}年度法治政府建设情况报告",
        "",
        f"{year}年，{name}依法履行职责，现将有关情况报告如下。",
        "",
    ]
    out.append("一、主要举措和成效")
    for number, heading in enumerate(_HEADINGS):
        out.append(f"（{'一二三四五六'[number]}）{heading}")
        for _ in range(3):
            out.append("".join(sentence(words, chance) for _ in range(chance.randint(4, 7))))
        if number < len(planted):
            out.append(planted[number].replace("某县", name.removesuffix("人民政府")))
    out += ["二、存在的不足", "一是" + sentence(words, chance), "三、下一年工作安排"]
    out.append("下一年，我县将" + sentence(words, chance))
    return "\n".join([*out, "", name, f"{year + 1}年1月20日", ""])


def folder(place: Path, count: int, *, seed: int = 7, every: int = 10) -> dict[tuple[str, str], int]:
    """Write ``count`` reports; of every ten, one copies two passages from the one before it.

    Returns the pairs that share passages with the number of passages planted.
    """
    words, chance = _words(), random.Random(seed)
    shared: dict[tuple[str, str], int] = {}
    place.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        if number % every == 0:
            planted = [
                "某县在推进工作中" + "".join(sentence(words, chance) for _ in range(7)) for _ in range(2)
            ]
        name = f"{chr(0x5000 + number % 7000)}{chr(0x6C5F + number // 7000)}县人民政府"
        mine = planted if number % every in (0, 1) else []
        file = f"{number:05}.txt"
        (place / file).write_text(report(name, 2024, words, chance, mine), encoding="utf-8")
        if number % every == 1:
            shared[f"{number - 1:05}.txt", file] = len(planted)
    return shared
