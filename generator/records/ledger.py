"""The written forms of a fund's books: rule, opening, budget, entries, what was posted, who has paid.

No kind of its own: `fund` is made of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal

from pydantic import model_validator

from generator.records.forms import Amount, Id, Line, Money, Part, Period, RefTo, Sum, When, Whole, fault, field
from generator.records.statements import Party, Quantity

Flow = Literal["收入", "支出"]


def total(amounts: Iterable[int]) -> Money:
    """Return the sum of amounts, exact in fen."""
    return Money(sum(amounts))


class Fee(Part):
    """What is paid in or out by rule, in the words of the rule."""

    what: Line = field("事项", ...)
    amount: Quantity = field("标准", ...)


class Rule(Part):
    """How money comes in, and what it may be spent on, as agreed."""

    agreed: Line | None = field("怎么定的")
    income: list[Fee] = field("怎么收", [])
    spending: list[Fee] = field("怎么用", [])
    resolution_from: Amount | None = field("单笔满多少须有决议")
    posting: Line | None = field("怎么公布")


class Opening(Part):
    """What was there in the morning of the day on which the books begin."""

    date: When = field("建账日期", ...)
    amount: Money = field("期初结余", ...)


class BudgetItem(Part):
    """What is planned for one item."""

    item: Line = field("科目", ...)
    amount: Sum = field("预算", ...)


class Approval(Part):
    """Which resolution of which meeting approved it."""

    meeting: Annotated[str, RefTo("meeting")] = field("会议", ...)
    resolution: Id = field("决议编号", ...)


class Budget(Part):
    """What a period is planned to bring in and to cost."""

    period: Period = field("时期", ...)
    income: list[BudgetItem] = field("预算收入", [])
    spending: list[BudgetItem] = field("预算支出", [])
    approval: Approval | None = field("依据的决议")


class Receipt(Part):
    """The paper behind an entry."""

    bare: ClassVar[str] = "number"

    number: Line = field("票据号", ...)
    what: Line | None = field("票据")

    @model_validator(mode="before")
    @classmethod
    def _from_scalar(cls, value: Any) -> Any:
        return {"number": value} if isinstance(value, str) else value


class Entry(Part):
    """One movement of money."""

    date: When = field("日期", ...)
    flow: Flow = field("收支", ...)
    item: Line = field("科目", ...)
    amount: Amount = field("金额", ...)
    what: Line | None = field("用途")
    party: Party | None = field("对方")
    approval: Approval | None = field("依据的决议")
    receipt: Receipt | None = field("票据")
    note: Line | None = field("说明")

    @property
    def signed(self) -> Money:
        """The amount with its direction."""
        return self.amount if self.flow == "收入" else Money(-self.amount)


class Statement(Part):
    """What the unit posted for a period: it must agree with opening and entries."""

    period: Period = field("时期", ...)
    income: Money = field("收入", ...)
    spending: Money = field("支出", ...)
    closing: Money = field("期末结余", ...)
    posted: When | None = field("公布日期")
    where: Line | None = field("公布在哪里")


class Dues(Part):
    """How many households have paid, and how many have not: counts only, never who."""

    period: Period = field("时期", ...)
    households: Whole = field("应交户数", ...)
    paid: Whole = field("已交户数", ...)
    each: Amount | None = field("每户应交")
    owed: Amount | None = field("欠交金额")
    as_of: When | None = field("截至")

    @model_validator(mode="after")
    def _part_of_all(self) -> Dues:
        if self.paid > self.households:
            raise fault("more-than-all", ("paid",), part=self.paid, whole=self.households)
        return self

    @property
    def missing(self) -> int:
        """How many households have not paid."""
        return self.households - self.paid

    def told(self) -> str:
        """Return what is owed in words, as `欠 2 户，共 80.00 元`; the amount only where it is known."""
        if not self.missing:
            return "全部交齐"
        owed = self.owed or (Money(self.each * self.missing) if self.each else None)
        return f"欠 {self.missing} 户" + (f"，共 {owed}" if owed else "")


class Reported(Part):
    """Money that a source mentions without what the books need: shown, never counted."""

    flow: Flow = field("收支", ...)
    what: Line = field("事项", ...)
    date: When | None = field("日期")
    amount: Quantity | None = field("金额")
    approval: Approval | None = field("依据的决议")
    note: Line | None = field("说明")
