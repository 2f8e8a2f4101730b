"""The written forms: dates as far as known, money, periods, quantities in their own words."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator.records import kinds
from generator.records.forms import Money, Period, When, check_date, check_period
from generator.records.statements import Party, Quantity
from tests.sites import faults, record

DOCUMENT = "title: 简报\nsource: press\ntype: 通知\n"
MONEY = TypeAdapter(Money)
PERIOD = TypeAdapter(Period)


@pytest.mark.parametrize("kind", kinds())
def test_records_come_back_from_a_pickle_as_they_were(kind: str) -> None:
    """Every kind's example, its parts, and what pydantic itself keeps: they compare, copy and print alike."""
    before = record(kind, kinds()[kind].example)
    after = pickle.loads(pickle.dumps(before, pickle.HIGHEST_PROTOCOL))
    assert after == before and repr(after) == repr(before)
    assert after.model_copy(update={"title": "甲"}) == before.model_copy(update={"title": "甲"})


def test_records_share_equal_values_and_no_lists() -> None:
    """What is frozen may be one object, which a pickle holds once; an empty list is every record's own."""
    one, other = (record("document", DOCUMENT) for _ in range(2))
    assert one.source[0] is other.source[0] and one.title is other.title
    assert one.claims == [] and one.claims is not other.claims
    assert len(pickle.dumps([one] * 2)) < len(pickle.dumps([one, other])) < 2 * len(pickle.dumps([one]))


def code_of(text: str) -> str | None:
    """Return the code with which a date is refused, None if it is one."""
    try:
        check_date(text)
    except Exception as error:
        return error.type
    return None


@pytest.mark.parametrize("text", ["2026", "2026-05", "2026-05-06", "2026-05-06 10:36", "2024-02-29", "1900-01-01",
                                  "2100-12-31 23:59"])
def test_date_is_what_is_known_of_it(text: str) -> None:
    """A year, a month, a day, a minute: each is a date."""
    assert code_of(text) is None


@pytest.mark.parametrize(("text", "code"), [
    ("2026-02-30", "no-such-day"), ("2026-02-29", "no-such-day"), ("2026-13", "no-such-day"),
    ("2026-00", "no-such-day"),
    ("2026-00-10", "no-such-day"), ("2026-05-00", "no-such-day"), ("2026-06-31", "no-such-day"),
    ("1899-12-31", "date-range"), ("2101", "date-range"), ("0000-01-01", "date-range"), ("2026-5-6", "bad-date"),
    ("2026/05/06", "bad-date"), ("5月6日", "bad-date"), ("2026-05-06T10:36", "bad-date"),
    ("2026-05-06 24:00", "bad-date"),
    ("26-05-06", "bad-date"), ("2026-05-06\n", "bad-date"), ("２０２６-05-06", "bad-date"), ("9" * 5000, "bad-date"),
    ("", "bad-date")])
def test_what_is_no_date_is_refused(text: str, code: str) -> None:
    """Days that do not exist, years out of range, and other spellings are three different faults."""
    assert code_of(text) == code


@pytest.mark.parametrize(("written", "example"), [
    ("2026/5/6", "2026-05-06"), ("2026年5月6日", "2026-05-06"), ("2026.5", "2026-05"), ("昨天", "2025-03-05")])
def test_bad_date_shows_how_to_write_it(written: str, example: str) -> None:
    """The message shows the very date that was meant, where that can be told."""
    with pytest.raises(Exception, match="bad-date") as raised:
        check_date(written)
    assert raised.value.context["example"] == example


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_dates_round_trip(day: date) -> None:
    """Every day is read as itself, at day, month and year, and its first and last day hold it."""
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        when = When.model_validate(text)
        assert str(when) == when.day == text
        assert when.first <= day <= when.last
        assert When.model_validate(when.model_dump(exclude_none=True)) == when
    assert When.model_validate(day.isoformat()).first == day == When.model_validate(day.isoformat()).last


@pytest.mark.parametrize(("text", "codes"), [
    ("published: {words: 近日}\n", []), ("published: {value: 2024-07-25, words: 7月25日}\n", []),
    ("published: {value: 2024-07-25, inferred: year, ground: 报纸刊于 2024 年}\n", []),
    ("published: {value: 2024-07-25, ground: 报纸}\n", ["inferred-without-ground"]),
    ("published: {value: 2024-07-25, inferred: week, ground: 报纸}\n", ["not-one-of"]),
    ("published: {}\n", ["empty-value"]), ("published: {ground: 报纸, inferred: year}\n", ["empty-value"]),
    ("published: ''\n", ["bad-date"])])
def test_inferred_dates_say_so(text: str, codes: list[str]) -> None:
    """A date may stand in the source's words; what was inferred is named with its ground; nothing is not a date."""
    assert faults("document", DOCUMENT + text) in (codes, ["empty-value"] if codes == ["bad-date"] else codes)


@given(st.integers(-10**13, 10**13))
def test_money_round_trips(fen: int) -> None:
    """Every amount in fen is written in yuan and read back exactly."""
    assert MONEY.validate_python(Money(fen).yuan) == fen
    assert MONEY.validate_python(MONEY.dump_python(Money(fen))) == fen


@pytest.mark.parametrize(("text", "fen"), [("240", 24000), ("240.5", 24050), ("240.05", 24005), ("-0.50", -50),
                                           ("0", 0), ("999999999999.99", 99999999999999)])
def test_money_is_read_in_yuan(text: str, fen: int) -> None:
    """Yuan with up to two decimals become fen without rounding."""
    assert MONEY.validate_python(text) == fen


@pytest.mark.parametrize("value", ["240.005", "1e3", "1,000", "三万", "24万", "", " 5", "5 ", "٥", "9" * 13, True, None,
                                   ["1"], "NaN", "inf"])
def test_what_is_no_amount_is_refused(value: object) -> None:
    """An amount is plain digits: nothing is guessed, nothing rounded."""
    with pytest.raises(ValidationError) as raised:
        MONEY.validate_python(value)
    assert raised.value.errors()[0]["type"] == "bad-money"


@pytest.mark.parametrize(("fen", "shown"), [(24000, "240.00 元"), (36000000, "360,000.00 元"), (-50, "-0.50 元"),
                                            (-123456789, "-1,234,567.89 元"), (5, "0.05 元")])
def test_money_is_shown_with_separators(fen: int, shown: str) -> None:
    """Residents read thousands apart and the sign in front."""
    assert str(Money(fen)) == shown


YEARS = st.integers(1900, 2100)
PERIODS = st.one_of(
    YEARS.map(lambda y: f"{y:04d}"),
    st.tuples(YEARS, st.sampled_from(["H1", "H2", "Q1", "Q2", "Q3", "Q4"])).map(
        lambda p: f"{p[0]:04d}-{p[1]}"),
    st.tuples(YEARS, st.integers(1, 12), st.sampled_from(["", "-a", "-b"])).map(
        lambda p: f"{p[0]:04d}-{p[1]:02d}{p[2]}"),
    st.dates(date(1901, 1, 1), date(2100, 12, 31)).map(
        lambda d: "{:04d}-W{:02d}".format(*d.isocalendar()[:2])))


@given(PERIODS)
def test_periods_round_trip(text: str) -> None:
    """Years, halves, quarters, months, half months and weeks are periods, and stay as written."""
    assert PERIOD.validate_python(text) == check_period(text) == text


@pytest.mark.parametrize("text", ["2026-Q5", "2026-H3", "2026-13", "2026-00", "2026-W54", "2026-W00", "2026-11-c", "26",
                                  "2025-W53", "0000", "2101-Q1", "2026-Q1-a", "2026 Q1", "", "2026-05-06", "2026\n"])
def test_what_is_no_period_is_refused(text: str) -> None:
    """A quarter has four, a half two, a year twelve months and 52 or 53 weeks; years are those of dates."""
    with pytest.raises(ValidationError) as raised:
        PERIOD.validate_python(text)
    assert raised.value.errors()[0]["type"] == "bad-period"


@pytest.mark.parametrize(("text", "who", "name"), [
    ("person/p-0001", "person/p-0001", None), ("organisation/team", "organisation/team", None),
    ("社区/街道", None, "社区/街道"), ("area/b3", None, "area/b3"), ("35栋居民", None, "35栋居民")])
def test_party_in_one_word_is_a_reference_or_a_name(text: str, who: str | None, name: str | None) -> None:
    """A reference written without its key is still one, so that no reader ever sees an id for a name."""
    party = Party.model_validate(text)
    assert (party.who, party.name) == (who, name)


def test_quantity_keeps_its_words() -> None:
    """A stated number is shown in its own words; no number is read out of them."""
    said = Quantity.model_validate("450余个")
    assert (str(said), said.number) == ("450余个", None)
    exact = record(
        "area", "title: 3栋\nsource: press\nlevel: 楼栋\nhouseholds: {words: 近50户, number: 49.50, unit: 户}\n")
    assert str(exact.households) == "近50户" and str(exact.households.number) == "49.50"


@pytest.mark.parametrize(("title", "ground", "codes"), [
    ("张三", "", ["unmasked-name"]), ("欧阳小明", "", ["unmasked-name"]),
    ("张三（化名）", "", ["unmasked-name"]),
    ("张三", "consent", ["consent-missing"]), ("张三", "press", []), ("张三", "office", ["not-one-of"]),
    ("张某", "", []),
    ("李阿姨", "", []), ("王师傅（示例）", "", []), ("陈某某", "", [])])
def test_volunteers_are_masked_unless_grounded(title: str, ground: str, codes: list[str]) -> None:
    """A volunteer's full name needs a ground; masked names need none."""
    more = f"ground: {ground}\n" if ground else ""
    assert faults("volunteer", f"title: {title}\nsource: press\n{more}") == codes
