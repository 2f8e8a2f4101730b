"""How text becomes words, and names what is typed for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.words import END, counted, normal, numbers, spelled, stream, terms


def words(*some: str) -> set[str]:
    """Return words as they stand in an index: what is no pair of characters has its end."""
    return {word if len(word) == 2 and not word.isascii() and not word[0].isdigit() else word + END for word in some}


@pytest.mark.parametrize(("text", "held"), [
    ("水电改造", {"水电", "电改", "改造"}), ("三号楼", {"3栋", "三号"}), ("12幢", {"12栋"}), ("十二栋", {"12栋"}),
    ("２单元", {"2单元"}), ("p-0001", {"p0001", "0001"}), ("DN450 阀门", {"dn450", "450", "阀门"}), ("讲座", {"讲座"}),
])
def test_terms(text: str, held: set[str]) -> None:
    """A name is found by any two of its characters, and by its numbers however they are written."""
    assert words(*held) <= set(terms(text))


def test_a_number_is_whole() -> None:
    """13栋 is no 3栋, and 3栋2单元 is both a house and an entrance."""
    assert "3栋" + END not in (*terms("13栋"), *numbers("在13栋门口"))
    assert {"3栋" + END, "2单元" + END} <= set(numbers("3栋2单元漏水"))


@pytest.mark.parametrize(("numeral", "value"), [
    ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35), ("一百零八", 108), ("两百", 200), ("一二", 12)])
def test_counted(numeral: str, value: int) -> None:
    """Chinese numerals are read as they are spoken."""
    assert counted(numeral) == value


def test_spelled() -> None:
    """Initials and whole syllables lead in from each character on."""
    assert {"yxy3d" + END, "yinxingyuan3" + END, "xy3d" + END} <= set(spelled("银杏苑3栋"))


@given(st.text(st.sampled_from("水电改造三栋3aB， 。("), max_size=20))
def test_stream_shows_the_text(text: str) -> None:
    """The first characters of the pairs are the text: a reader's browser needs no second copy of it."""
    shown = "".join(word[0] if len(word) == 2 and all("\u3400" <= c <= "\u9fff" for c in word) else word
                    for word in stream(text).replace(END, "").split())
    assert "".join(c for c in shown if c.isalnum()) == "".join(c for c in text if c.isalnum())


def test_normal_leaves_plain_words_alone() -> None:
    """Only a number before 幢 or 座 makes a house of it."""
    assert normal("健康讲座") == "健康讲座"
