"""Donations: goods or money that came in, where they went, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from decimal import Decimal
from typing import Annotated, ClassVar, NamedTuple

from pydantic import model_validator

from generator.records.base import Record
from generator.records.forms import Amount, Flag, Line, Money, Part, RefTo, When, check_order, fault, field, has_come
from generator.records.statements import Party, Quantity


class Gift(Part):
    """One thing given: an amount of money, or goods in a quantity."""

    item: Line = field("什么", ...)
    amount: Amount | None = field("金额")
    quantity: Quantity | None = field("数量")

    @model_validator(mode="after")
    def _how_much(self) -> Gift:
        _some(self.quantity)
        if self.amount is None and self.quantity is None:
            raise fault("one-of", names="amount、quantity")
        return self


class Use(Part):
    """Where a part of one thing went: to a place, an organisation, or so many people who are never named."""

    item: Line = field("什么", ...)
    date: When | None = field("日期")
    amount: Amount | None = field("金额")
    quantity: Quantity | None = field("数量")
    purpose: Line = field("用在哪里", ...)
    to: Annotated[str, RefTo("area", "organisation", "project", "need")] | None = field("给了谁")
    people: Quantity | None = field("受益人数")
    evidence: list[Line] = field("凭据", [])

    @model_validator(mode="after")
    def _how_much(self) -> Use:
        _some(self.quantity)
        return self


class Left(NamedTuple):
    """One thing given: how much, how much of it went out, and what is left; None where that can't be said exactly."""

    gift: Gift
    used: str | None
    left: str | None


class Donation(Record):
    """What was given, by whom and to whom, and where it went; never more goes out than came in."""

    folder: ClassVar[str] = "donations"
    label: ClassVar[str] = "捐赠"
    intro: ClassVar[str] = "一笔捐赠：谁捐的、捐给谁、捐了什么，后来用在哪里。用出的不能多过收到的。"
    date_field: ClassVar[str] = "date"
    columns: ClassVar[tuple[str, ...]] = ("given", "rest")
    derived: ClassVar[dict[str, str]] = {"given": "捐了什么", "rest": "还剩"}
    example: ClassVar[str] = """\
title: 示例企业捐赠爱心款（示例）
source: illustration
area: demo-community
date: 2026-03-05
donors: [示例企业]
gifts: [{item: 爱心款, amount: "3000.00"}]
uses:
  - {item: 爱心款, date: 2026-04-02, amount: "1200.00", purpose: 给独居老人换灯, people: 6户}
illustrative: true
"""

    date: When | None = field("日期")
    donors: list[Party] = field("捐赠者", [])
    to: list[Party] = field("受赠方", [])
    gifts: list[Gift] = field("捐了什么", ..., min_length=1)
    uses: list[Use] = field("用到哪里", [])
    outcome_unknown: Flag = field("来源未载去向", False)

    @model_validator(mode="after")
    def _never_more_than_came_in(self) -> Donation:
        given = {gift.item: gift for gift in self.gifts}
        if len(given) != len(self.gifts):
            raise fault("same-gift", ("gifts",))
        for index, use in enumerate(self.uses):
            if use.item not in given:
                raise fault("unknown-gift", ("uses", index, "item"), value=use.item)
            check_order(("date", self.date), (f"uses[{index + 1}].date", use.date), ("uses", index, "date"))
        for name, gift in given.items():
            self._covers(gift, [use for use in self.uses if use.item == name])
        return self

    def _covers(self, gift: Gift, uses: Sequence[Use]) -> None:
        money, spent = gift.amount, _spent(uses)
        came, went = _exact(gift.quantity), _pieces(gift, uses)
        if money is not None and spent > money:
            raise fault("used-more-than-given", ("uses",), item=gift.item, used=str(spent), given=str(money))
        if came is not None and went is not None and went > came:
            raise fault("used-more-than-given", ("uses",), item=gift.item, used=_plain(went), given=_plain(came))

    def balance(self, as_of: Date) -> list[Left]:
        """Return each thing given with what went out and what is left of it."""
        gone = self.gone(as_of)
        return [Left(gift, None, None) if self.outcome_unknown else _left(gift, gone) for gift in self.gifts]

    def gone(self, as_of: Date) -> list[Use]:
        """Return what went out by a day; what is not dated has."""
        return [u for u in self.uses if u.date is None or has_come(u.date, as_of)]

    def given(self, as_of: Date) -> str:
        """Return in words what came in."""
        return "、".join(f"{g.item} {g.amount if g.amount is not None else g.quantity}" for g in self.gifts)

    def rest(self, as_of: Date) -> str | None:
        """Return in words what is left of each thing; None where that can't be said."""
        known = [f"{b.gift.item} {b.left}" for b in self.balance(as_of) if b.left is not None]
        return "、".join(known) or None


def _some(quantity: Quantity | None) -> None:
    """Refuse a quantity below zero: what came back is no use."""
    if quantity and quantity.number is not None and quantity.number < 0:
        raise fault("out-of-range", ("quantity", "number"), value=f"{quantity.number:f}", bound="≥ 0")


def _left(gift: Gift, uses: Sequence[Use]) -> Left:
    mine = [use for use in uses if use.item == gift.item]
    if gift.amount is not None and all(use.amount is not None for use in mine):
        spent = _spent(mine)
        return Left(gift, str(spent), str(Money(gift.amount - spent)))
    came, went = _exact(gift.quantity), _pieces(gift, mine)
    if came is None or went is None:
        return Left(gift, None, None)
    unit = gift.quantity.unit or "" if gift.quantity else ""
    return Left(gift, f"{_plain(went)} {unit}".strip(), f"{_plain(came - went)} {unit}".strip())


def _spent(uses: Sequence[Use]) -> Money:
    return Money(sum(use.amount for use in uses if use.amount is not None))


def _pieces(gift: Gift, uses: Sequence[Use]) -> Decimal | None:
    """Return how many went out, None where that is not stated exactly each time, in the unit of the gift."""
    unit = gift.quantity.unit if gift.quantity else None
    some = [_exact(use.quantity) if use.quantity and use.quantity.unit == unit else None for use in uses]
    return None if None in some else sum((n for n in some if n is not None), Decimal(0))


def _exact(quantity: Quantity | None) -> Decimal | None:
    """Return the number of a quantity that is stated exactly, else None: what is about so many is never subtracted."""
    return quantity.number if quantity and quantity.bound == "exact" else None


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
