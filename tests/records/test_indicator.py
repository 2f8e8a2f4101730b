"""Indicators: a first figure that nothing overwrites, and differences that never pretend to know more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.indicator import Indicator, difference
from generator.records.statements import Quantity
from tests.sites import AS_OF, faults, record

HEAD = "title: 按期率\nsource: press\n"
READINGS = ("readings:\n  - {period: 2026-Q1, target: {words: 95%, number: 95, unit: '%'}, "
            "actual: {words: 94%, number: 94, unit: '%'}}\n  - {period: 2026-Q2, target: {words: 96%, number: 96}}\n")
CHANGE = ("  - {{date: {day}, period: 2026-Q1, was: {{words: {was}%, number: {was}}}, "
          "to: {{words: {to}%, number: {to}, unit: '%'}}, reason: 雨, decided_by: 街道}}\n")


def amended(*changes: str) -> str:
    """Return an indicator whose target of the first quarter was changed."""
    return HEAD + READINGS + "amendments:\n" + "".join(changes)


FIRST, SECOND = CHANGE.format(day="2026-02-01", was=95, to=93), CHANGE.format(day="2026-03-01", was=93, to=90)


@pytest.mark.parametrize(("text", "found"), [
    (amended(FIRST), []), (amended(FIRST, SECOND), []), (amended(SECOND, FIRST), []),
    (amended(SECOND), ["baseline-differs"]), (amended(FIRST.replace("number: 95", "number: 94")), ["baseline-differs"]),
    (amended(FIRST.replace("period: 2026-Q1", "period: 2026-Q3")), ["unknown-reading"]),
    (amended(FIRST.replace("period: 2026-Q1,", "period: 2026-Q1, name: 东片,")), ["unknown-reading"])])
def test_amendments_start_from_what_stood_before(text: str, found: list[str]) -> None:
    """An amendment names the figure before it, so that a first target can't be rewritten unseen."""
    assert faults("indicator", text) == found


def test_first_target_stays_beside_the_present_one() -> None:
    """The page can tell both: how far the target moved, and what is missing against either."""
    one: Indicator = record("indicator", amended(FIRST, SECOND))
    course = one.course(AS_OF)[0]
    assert (str(course.aim), str(course.now), course.slip) == ("95%", "90%", "低 5 个百分点")
    assert (course.against, course.against_first) == ("高 4 个百分点", "低 1 个百分点")


def test_amendment_to_come_changes_nothing_yet() -> None:
    """Before its day an amendment is not in force."""
    one: Indicator = record("indicator", amended(FIRST.replace("2026-02-01", "2026-12-01")))
    assert str(one.course(AS_OF)[0].now) == "95%"


def test_missing_actual_is_no_zero() -> None:
    """Without an actual there is no difference at all."""
    one: Indicator = record("indicator", HEAD + READINGS)
    assert one.course(AS_OF)[1].against == ""


QUANTITIES = st.builds(Quantity, words=st.just("数"), number=st.integers(0, 9), unit=st.just("个"),
                       bound=st.sampled_from(["exact", "about", "at_least", "more_than", "at_most", "below"]))


@given(QUANTITIES, QUANTITIES)
def test_difference_claims_only_what_both_bounds_allow(actual: Quantity, aim: Quantity) -> None:
    """A comparison holds for every pair of numbers that the two figures may stand for; only exact ones are subtracted.
    """
    def may_be(one: Quantity) -> set[int]:
        number = int(one.number or 0)
        near = range(-3, 15)
        return {"exact": {number}, "about": {*near}, "at_least": {n for n in near if n >= number},
                "more_than": {n for n in near if n > number}, "at_most": {n for n in near if n <= number},
                "below": {n for n in near if n < number}}[one.bound]

    words = difference(actual, aim)
    pairs = [(a, b) for a in may_be(actual) for b in may_be(aim)]
    holds = {"高于": lambda a, b: a > b, "不低于": lambda a, b: a >= b, "低于": lambda a, b: a < b,
             "不高于": lambda a, b: a <= b}
    if words in holds:
        assert all(holds[words](a, b) for a, b in pairs)
    elif words != "约数，不能比较":
        assert actual.bound == aim.bound == "exact"


@pytest.mark.parametrize(("actual", "aim"), [("亿元", "万元"), ("个", None)])
def test_other_units_are_not_compared(actual: str, aim: str | None) -> None:
    """Figures of different units have no difference."""
    assert difference(Quantity(words="3", number=3, unit=actual), Quantity(words="2", number=2, unit=aim)) == ""
