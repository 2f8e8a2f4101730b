"""Donations: what came in, what went out, what is left; never more out than in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.donation import Donation
from generator.records.forms import Money
from tests.sites import AS_OF, faults, record

HEAD = "title: 捐赠\nsource: press\n"
RICE = "gifts: [{item: 大米, quantity: {words: 120袋, number: 120, unit: 袋}}]\n"
CASH = 'gifts: [{item: 爱心款, amount: "100.00"}]\n'


def donation(text: str) -> Donation:
    """Return a donation with these lines."""
    found = record("donation", HEAD + text)
    assert isinstance(found, Donation)
    return found


def left(text: str) -> list[str | None]:
    """Return what is left of each gift."""
    return [b.left for b in donation(text).balance(AS_OF)]


@given(st.lists(st.integers(min_value=1, max_value=10_000), max_size=6), st.integers(min_value=1, max_value=40_000))
def test_money_reconciles_to_the_fen(uses: list[int], came: int) -> None:
    """What is left is what came less what went; more going out than came in is refused, whatever the amounts."""
    gone = "".join(f'  - {{item: 款, amount: "{Money(u).yuan}", purpose: 用}}\n' for u in uses)
    text = f'gifts: [{{item: 款, amount: "{Money(came).yuan}"}}]\nuses:{" []" if not uses else chr(10) + gone}\n'
    if sum(uses) > came:
        assert faults("donation", HEAD + text) == ["used-more-than-given"]
    else:
        assert left(text) == [str(Money(came - sum(uses)))]


def test_goods_are_counted_where_every_number_is_exact() -> None:
    """Bags are subtracted from bags; about so many, or another unit, leaves the rest unknown."""
    use = "uses: [{{item: 大米, quantity: {{words: x, number: 20, {}}}, purpose: 送}}]\n"
    assert left(RICE + use.format("unit: 袋")) == ["100 袋"]
    assert left(RICE + use.format("unit: 袋, bound: more_than")) == [None]
    assert left(RICE + use.format("unit: 斤")) == [None]
    assert left(RICE.replace("number: 120", "number: 120, bound: about") + use.format("unit: 袋")) == [None]
    assert faults("donation", HEAD + RICE.replace("120", "19") + use.format("unit: 袋")) == ["used-more-than-given"]


def test_rest_is_unknown_where_a_use_gives_no_amount() -> None:
    """A use without an amount is not nothing: then no rest is claimed."""
    assert left(CASH + "uses: [{item: 爱心款, purpose: 换灯}]\n") == [None]


def test_what_goes_out_later_has_not_gone() -> None:
    """A use after the day of the site is not yet taken off."""
    use = 'uses: [{{item: 爱心款, date: {}, amount: "40.00", purpose: 换灯}}]\n'
    assert left(CASH + use.format("2026-06-30")) == [str(Money(6000))]
    assert left(CASH + use.format("2026-07-01")) == [str(Money(10000))]


def test_untold_whereabouts_are_no_balance() -> None:
    """Where the source does not tell where it went, nothing is said to be left or used."""
    [only] = donation(CASH + "outcome_unknown: true\n").balance(AS_OF)
    assert (only.used, only.left) == (None, None)
    assert donation(CASH + "outcome_unknown: true\n").rest(AS_OF) is None


@pytest.mark.parametrize(("text", "codes"), [
    ("gifts: [{item: 大米}]\n", ["one-of"]), (CASH + "uses: [{item: 大米, purpose: 送}]\n", ["unknown-gift"]),
    ('gifts: [{item: 款, amount: "1.00"}, {item: 款, amount: "2.00"}]\n', ["same-gift"])])
def test_every_use_names_a_gift(text: str, codes: list[str]) -> None:
    """A gift says how much, and what goes out is one of the things that came in."""
    assert faults("donation", HEAD + text) == codes
