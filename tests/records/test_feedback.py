"""Feedback: residents are masked, their health is not told, a complaint waits for its reply."""

from __future__ import annotations

import pytest

from generator.records.feedback import Feedback
from tests.sites import AS_OF, faults, record

HEAD = "title: 居民的话\nsource: press\nform: {}\nground: consent\nwords: {}\n"


@pytest.mark.parametrize(("name", "codes"), [
    ("陈奶奶", []), ("刘师傅（房东）", []), ("某居民", []), ("3栋住户", []), ("一位患者", []),
    ("王建国", ["resident-named"]), ("欧阳（3栋）", ["resident-named"])])
def test_residents_are_masked(name: str, codes: list[str]) -> None:
    """A form of address or a category is shown, a name is refused."""
    assert faults("feedback", HEAD.format("评价", "好") + f"speaker: {name}\n") == codes


def test_speaker_is_masked_or_a_person_with_a_public_role() -> None:
    """Exactly one of the two: somebody said it, and nobody is named twice."""
    assert faults("feedback", HEAD.format("评价", "好")) == ["just-one"]
    assert faults("feedback", HEAD.format("评价", "好") + "speaker: 某居民\nwho: p-0001\n") == ["just-one"]
    assert faults("feedback", HEAD.format("评价", "好") + "who: p-0001\n") == []


@pytest.mark.parametrize("field", ["words", "note", "description", "title"])
def test_health_is_not_told(field: str) -> None:
    """An illness is refused wherever it stands; having one's blood pressure taken tells none."""
    text = HEAD.format("感谢", "好") + "speaker: 陈奶奶\n"
    spoilt = "".join(f"{line}\n" for line in text.splitlines() if not line.startswith(f"{field}:"))
    assert faults("feedback", spoilt + f"{field}: 医生治好了我的颈椎病\n") == ["health-detail"]
    assert faults("feedback", spoilt + f"{field}: 还有医生上门量血压\n") == []


@pytest.mark.parametrize(("form", "reply", "told"), [
    ("投诉", "", "还没有答复"), ("建议", "", "还没有答复"), ("感谢", "", None),
    ("投诉", "reply: {date: 2026-06-02, by: 物业, words: 改了}\n", "已答复")])
def test_complaints_and_suggestions_wait_for_a_reply(form: str, reply: str, told: str | None) -> None:
    """Who thanks needs no answer; who complains or suggests is owed one, and its absence is shown."""
    one = record("feedback", HEAD.format(form, "好") + "speaker: 某居民\n" + reply)
    assert isinstance(one, Feedback) and one.answered(AS_OF) == told
