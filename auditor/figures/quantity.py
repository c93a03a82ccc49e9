"""The record of one quantity."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from auditor.figures import units

_ONE, _NOTHING = Decimal(1), Decimal(0)


class QKind(StrEnum):
    """What a quantity is. Names are figures that count nothing: 12345热线, “八五”普法, 1+3+5."""

    COUNT = "count"
    RATE = "rate"
    CHANGE = "change"
    MONEY = "money"
    DATE = "date"
    DOCUMENT = "document number"
    NAME = "name"


class Quantity(Struct, frozen=True):
    subject: str
    """What is counted, in the report's words; the name of the rate for rates."""
    value: Decimal
    """As written with 万 and 亿 multiplied out; money stays in its own unit (万元)."""
    unit: str
    scope: str
    """Year or span the passage names: 2023年, 累计, 自2019年以来, 上年; empty when none is named."""
    operator: str
    """余, 多, 约, 近, 超, 以上, 以内, … as written; empty when the figure is exact."""
    kind: QKind
    sentence: int
    """Index into ``Document.sentences``; -1 outside of all sentences."""
    start: int
    end: int
    decimals: int
    """Digits after the point, as written."""
    scale: Decimal = Decimal(1)
    """10,000 for 1.3万件: what one of the last digit before the point is worth."""
    direction: int = 0
    """+1 and -1 for changes up and down, 0 otherwise."""
    upper: Decimal | None = None
    """Upper end of a range (15至20件)."""
    spelled: bool = False
    """Written as one Chinese character (三件, 一次): often part of a phrase and not a figure."""
    names: tuple[str, ...] = ()
    """All subjects when one rate is stated of several: 报备率和及时率均为100%."""

    @property
    def exact(self) -> bool:
        return not self.operator and self.upper is None

    @property
    def amount(self) -> Decimal:
        """Value in the smallest unit of its class (元 for money)."""
        factor = units.MONEY.get(self.unit)
        return self.value if factor is None else self.value * factor

    @property
    def ulp(self) -> Decimal:
        """What one of the last written digit is worth, in the smallest unit; 0 when the figure is not rounded."""
        factor = units.MONEY.get(self.unit, _ONE)
        if self.decimals == 0 and self.scale == 1 and factor == 1:
            return _NOTHING
        return self.scale * factor / (Decimal(10) ** self.decimals)

    @property
    def ulp_of_rate(self) -> Decimal:
        """What one of the last written digit of a percentage is worth."""
        return Decimal(1) / (Decimal(10) ** self.decimals)

    @property
    def group(self) -> str:
        """Only quantities of one group can be compared or added."""
        return units.UNIT_CLASS.get(self.unit, self.unit)
