"""Learning what passages of an element read like: small material, the same model every time."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from auditor.engine.likely import LIKE, TOLD
from auditor.matching.likeness import Likeness, Reading

pytest.importorskip("sklearn", reason="学习例句模型要装 scikit-learn（make learn），没有装，跳过")


@pytest.fixture
def learn(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[1] / "scripts"))
    import learn

    monkeypatch.setattr(learn, "RARE", 1)
    yield learn
    del sys.modules["learn"]


def material(learn: ModuleType) -> object:
    found = learn.Material()
    names = ("税务", "水利", "交通", "民政", "林业", "教育")
    found.covered["甲.一"] = [f"{name}局评查案卷{n}卷。" for n, name in enumerate(names)]
    found.covered["甲.二"] = [f"{name}局培训执法人员。" for name in names]
    found.near["甲.一"] = [f"{name}局整理人事案卷。" for name in names]
    found.near["甲.二"] = [f"{name}局培训新进职工。" for name in names]
    found.others.update({f"{name}局食堂换了厨师。": set() for name in names})
    found.others[found.covered["甲.一"][0]] = {"甲.一"}
    return found


def test_examples_are_told_from_near_misses(learn: ModuleType) -> None:
    model = Likeness(learn.learn(material(learn)))
    reading = Reading(model, ["住建局评查案卷90卷。", "住建局整理人事案卷。", "住建局培训执法人员。"])
    odds = {(e, n): reading.odds(e, n, n) for e in ("甲.一", "甲.二") for n in range(3)}
    assert odds["甲.一", 0] > TOLD > LIKE > odds["甲.一", 1]
    assert odds["甲.二", 2] > TOLD > LIKE > odds["甲.二", 0]


def test_the_same_material_gives_the_same_model(learn: ModuleType) -> None:
    assert learn.learn(material(learn)) == learn.learn(material(learn))


def test_what_is_learned_is_what_the_engine_adds_up(learn: ModuleType) -> None:
    """Rows of learning give the log-odds that the engine finds, within what rounding to bytes takes."""
    found = material(learn)
    learning = learn.Learning(found)
    bias, weights = learning.element("甲.一")
    text = "税务局评查案卷3卷，培训执法人员，案卷案卷。"
    row = learning.space.rows([text])
    clauses = list(learn._clauses(text))
    assert clauses == ["税务局评查案卷3卷，", "培训执法人员，", "案卷案卷。"]
    reading = Reading(Likeness(learn.encode({"甲.一": (bias, weights)}, learning.space.keys)), clauses)
    assert reading.odds("甲.一", 0, 2) == pytest.approx(bias + (row @ weights)[0], abs=0.1)


def test_runs_are_the_passages_of_a_sentence(learn: ModuleType) -> None:
    assert list(learn._runs("甲，乙，丙。")) == ["甲，", "甲，乙，", "乙，", "乙，丙。", "丙。"]
    assert list(learn._runs("甲。")) == []
