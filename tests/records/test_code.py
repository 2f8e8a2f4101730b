"""Codes: no look-alikes, slips of the pen noticed, and where a code may lead."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.code import ALPHABET, LENGTH, Code, check_character, is_code, new_code
from tests.sites import CODE, ISSUED, faults, record

TEXT = ISSUED[f"codes/{CODE}.yml"]
payloads = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


def whole(payload: str) -> str:
    return payload + check_character(payload)


def test_alphabet_has_no_look_alikes() -> None:
    """No character can be taken for another: neither 0 nor o, neither 1 nor i nor l; and their number is a prime."""
    assert not set("01ilo") & set(ALPHABET) and len(set(ALPHABET)) == len(ALPHABET)
    assert all(len(ALPHABET) % n for n in range(2, len(ALPHABET)))


@given(payloads, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(payload: str, at: int, wrong: str) -> None:
    """A code in which one character is another is no code; so any two codes differ in two places at least."""
    code = whole(payload)
    typed = code[:at] + wrong + code[at + 1:]
    assert is_code(typed) == (typed == code)


@given(payloads, st.integers(0, LENGTH - 2))
def test_two_characters_in_the_wrong_order_are_noticed(payload: str, at: int) -> None:
    """A code in which two neighbours changed places is no code."""
    code = whole(payload)
    typed = code[:at] + code[at + 1] + code[at] + code[at + 2:]
    assert is_code(typed) == (typed == code)


@pytest.mark.parametrize("text", ["", "2345", "2345P", "2345pp", "o345p", "2345 "])
def test_other_texts_are_no_codes(text: str) -> None:
    """Another length, capitals and look-alikes make no code."""
    assert is_code(CODE) and not is_code(text)


@given(st.text(max_size=20))
def test_new_code_is_sound_and_not_taken(target: str) -> None:
    """The same target gives the same code, and another one where that is taken."""
    first = new_code(target, set())
    second = new_code(target, {first})
    assert first == new_code(target, set()) and first != second
    assert is_code(first) and is_code(second)


def test_code_leads_to_one_place() -> None:
    """A code leads to a record or to a page, to exactly one of them, and never to another code."""
    assert faults("code", TEXT) == []
    assert faults("code", TEXT + "page: boards/points.html\n") == ["just-one"]
    assert faults("code", TEXT.replace("to: area/b3\n", "")) == ["just-one"]
    assert faults("code", TEXT.replace("area/b3", f"code/{CODE}")) == ["reference-kind"]


@pytest.mark.parametrize("page", ["boards/points.2026.html", "stars/index.html", "about.html"])
def test_page_is_an_address_of_the_site(page: str) -> None:
    """A page is written as it stands below the site's root."""
    assert faults("code", TEXT.replace("to: area/b3", f"page: {page}")) == []


@pytest.mark.parametrize("page", ["/about.html", "../about.html", "https://a.cn/b.html", "about", "a//b.html"])
def test_page_elsewhere_is_refused(page: str) -> None:
    """Nothing outside the site, and no other spelling."""
    assert faults("code", TEXT.replace("to: area/b3", f'page: "{page}"')) == ["bad-page"]


def test_day_of_issue_is_whole() -> None:
    """The ledger and the record say on which day a code was issued."""
    assert faults("code", TEXT.replace("2026-06-01", "2026-06")) == ["day-needed"]


def test_retired_from_its_day_on() -> None:
    """A code is in use until the day on which it is retired, and then says why it is not."""
    one = record("code", TEXT + "retired: {date: 2026-06-20, reason: 牌子换新}\n")
    assert isinstance(one, Code)
    assert one.ended(date(2026, 6, 19)) is None
    assert one.ended(date(2026, 6, 20)) == "2026-06-20 起：牌子换新"
    assert one.tombstone(date(2026, 6, 30)) is None


def test_issuing_a_code_is_no_news() -> None:
    """A code has a day of issue, but no day of change: it must not make a stale site look fresh."""
    code = record("code", TEXT)
    assert (code.dated() != "", code.updated(date(2030, 1, 1))) == (True, "")
