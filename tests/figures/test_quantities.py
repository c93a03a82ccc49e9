from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.figures.quantities import QKind
from tests.figures.chinese import to_chinese
from tests.figures.helpers import document, read


def one(text: str, kind: QKind | None = None):  # type: ignore[no-untyped-def]
    found = [q for q in read(text) if kind is None or q.kind is kind]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "operator"),
    [
        ("发放资料二十余件。", 20, "件", "余"),
        ("发放资料1.3万余件。", 13000, "件", "余"),
        ("受理一万二千件。", 12000, "件", ""),
        ("受理两百件。", 200, "件", ""),
        ("受理约300件。", 300, "件", "约"),
        ("不少于12次。", 12, "次", "不少于"),
        ("累计受教育48.9万余人次。", 489000, "人次", "余"),
        ("挽回损失20余万元。", 20, "万元", "余"),
        ("罚没款209780.2元。", Decimal("209780.2"), "元", ""),
        ("受理３４７２户。", 3472, "户", ""),
        ("缩短期限6个月以上。", 6, "个月", "以上"),
    ],
)
def test_counts(text: str, value: int, unit: str, operator: str) -> None:
    q = one(text)
    assert (q.value, q.unit, q.operator) == (value, unit, operator)


def test_range() -> None:
    q = one("每年培训15至20次。")
    assert (q.value, q.upper, q.exact) == (15, 20, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [("办结率为百分之九十八点五。", "98.5"), ("办结率９８．５％。", "98.5"), ("办结率达百分之95。", "95")],
)
def test_per_cent(text: str, value: str) -> None:
    q = one(text)
    assert (q.kind, q.value, q.unit, q.subject) == (QKind.RATE, Decimal(value), "%", "办结率")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("报备率和及时率均为100%。", ("报备率", "及时率")),
        ("规范性文件报备率与及时率均达到100%。", ("规范性文件报备率", "及时率")),
        ("述法率、报备率、办结率均为100%。", ("述法率", "报备率", "办结率")),
        ("行政机关负责人出庭应诉率连续三年保持在100%。", ("行政机关负责人出庭应诉率",)),
        ("以100%的出庭应诉率位居全市第一。", ("出庭应诉率",)),
        ("率先建成中心，满意率99%。", ("满意率",)),
        ("通过率96%。", ("通过率",)),
    ],
)
def test_rates_have_their_names(text: str, names: tuple[str, ...]) -> None:
    rates = [q for q in read(text) if q.kind is QKind.RATE]
    assert [q.names for q in rates] == [names]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("同比增长12.8%。", 1),
        ("事故下降42%。", -1),
        ("减少5起。", -1),
        ("提高3.2个百分点。", 1),
        ("净减125项。", -1),
    ],
)
def test_changes(text: str, direction: int) -> None:
    q = one(text)
    assert (q.kind, q.direction) == (QKind.CHANGE, direction)


@pytest.mark.parametrize(
    "text", ["“八五”普法", "“1+3+5”模式", "12345热线", "“一件事一次办”", "“三个一”零报告", "“十四五”规划"]
)
def test_names_are_no_counts(text: str) -> None:
    assert all(q.kind is QKind.NAME for q in read(text))


@pytest.mark.parametrize(
    "text", ["第三批名单", "一是强化学习", "最多跑一次", "数十名干部", "三项制度", "千家万户"]
)
def test_phrases_are_no_counts(text: str) -> None:
    assert not [q for q in read(text) if q.kind is QKind.COUNT]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("泸发〔2022〕11号", QKind.DOCUMENT),
        ("2023年", QKind.DATE),
        ("2021—2025年", QKind.DATE),
        ("二〇二三年一月十八日", QKind.DATE),
        ("3月1日", QKind.DATE),
    ],
)
def test_dates_and_numbers(text: str, kind: QKind) -> None:
    assert one(text).kind is kind


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("办理157件人大代表建议和150件政协提案。", ["人大代表建议", "政协提案"]),
        ("全年办理行政处罚案件1356件。", ["行政处罚案件"]),
        ("保留(继续有效)180件。", ["保留（继续有效）"]),
    ],
)
def test_subjects(text: str, subjects: list[str]) -> None:
    assert [q.subject for q in read(text)] == subjects


@pytest.mark.parametrize(
    ("text", "scope"),
    [("2023年以来，共审查合同132份。", "2023年以来"), ("上年为298件。", "上年"), ("累计收到44件。", "累计")],
)
def test_scope(text: str, scope: str) -> None:
    assert [q.scope for q in read(text) if q.kind is QKind.COUNT] == [scope]


def test_positions_are_normalised() -> None:
    text = "受 理 １ ２ 件 。"
    doc = document(text)
    q = read(text)[0]
    assert doc.norm.text[q.start : q.end] == "12件"
    assert doc.quote(q.start, q.end) == "１ ２ 件"


@given(st.integers(11, 9999))
def test_chinese_counts_are_read(value: int) -> None:
    if value % 10:
        assert [q.value for q in read(f"全年办理案件{to_chinese(value)}件。")] == [value]


@given(
    st.text(
        alphabet="0123456789一二十百万亿点余多近约件人%％年月日〔〕号（）、，。；—至其中共率为同比增长下降 \n“”",
        max_size=120,
    )
)
def test_never_crashes(text: str) -> None:
    for q in read(text):
        assert 0 <= q.start < q.end <= len(text)
