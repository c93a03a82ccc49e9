"""Measure words: which ones count as figures, what they scale, and which of them may be added together."""

from __future__ import annotations

from decimal import Decimal

_CLASSES: dict[str, str] = {
    "人": "人 名 位",
    "人次": "人次",
    "件": "件 起 宗 例 桩",
    "件次": "件次 起次 宗次",
    "场": "场 场次",
    "次": "次",
    "户": "户 家",
    "户次": "户次 家次",
    "件数": "套 台 辆 艘 张 块 顶 枚 桶 艇 支 把 颗 架 部",
}
_SINGLE = (
    "项次 项 份次 份 个 条次 条 期次 期 批次 批 册次 册 卷 宗卷 篇 处 所 座 间 组 类 种 级 届 遍 轮 幅 面 栏 "
    "栋 幢 株 棵 头 箱 瓶 袋 盒 本 段 班次 班 盏 吨 公斤 千克 克 亩 公顷 平方米 平方公里 立方米 公里 千米 米 例次 单 笔 道 门 课 节 首 集 顷 "
    "小时 个小时 学时 课时 分钟 秒 天 日 个工作日 工作日 个月 年 周岁 周 岁 支队 车次 台次 辆次 点 倍 窗口 "
    "乡镇 镇街 社区 行政村 村 街道 部门 单位 票"
)
MONEY = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8), "美元": Decimal(1)}
POINTS = "个百分点"
TIME = frozenset(
    {"小时", "个小时", "分钟", "秒", "天", "日", "个工作日", "工作日", "个月", "年", "周", "周岁", "岁"}
)
BARE_NOUNS = frozenset({"乡镇", "镇街", "社区", "行政村", "村", "街道", "部门", "单位", "窗口"})
"""Nouns that follow a figure without a measure word; only read after Arabic figures."""

UNIT_CLASS: dict[str, str] = {unit: unit for unit in _SINGLE.split()}
for _name, _units in _CLASSES.items():
    for _unit in _units.split():
        UNIT_CLASS[_unit] = _unit if _name == "件数" else _name
for _unit in MONEY:
    UNIT_CLASS[_unit] = "美元" if _unit == "美元" else "元"

PATTERN = "|".join(sorted(UNIT_CLASS, key=len, reverse=True))
"""Alternation of all measure words, longest first."""


def unit_class(unit: str) -> str:
    """Figures of one class may be compared and added: 名 and 人, 件 and 起, 元 and 万元."""
    return UNIT_CLASS.get(unit, unit)


def factor(unit: str) -> Decimal:
    """What one of ``unit`` is worth in the smallest unit of its class."""
    return MONEY.get(unit, Decimal(1))
