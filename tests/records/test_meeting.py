"""Meetings: votes that add up, results that follow from them, resolutions that are kept or late."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.meeting import Meeting
from tests.sites import AS_OF, faults, record

HEAD = "title: 楼下议事\nsource: press\ntype: 议事会\nitems:\n  - title: 长凳\n"
HALF = "majority: {words: 过半数同意, share: 1/2, bound: more_than}"
ALL = "majority: {words: 全体四分之三, share: 3/4, of: 全体}"
THIRDS = "quorum: {words: 三分之二参加, share: 2/3}"


def meeting(text: str) -> Meeting:
    """Return a meeting with one item that holds these lines."""
    return record("meeting", HEAD + text)


def vote(text: str) -> str:
    """Return the line of a vote."""
    return f"    vote: {{{text}}}\n"


def resolution(text: str) -> str:
    """Return the lines of one resolution."""
    return f"    resolutions:\n      - {{id: a, text: 添长凳, {text}}}\n"


@pytest.mark.parametrize(("text", "codes"), [
    ("cast: 6, agree: 3, against: 2, abstain: 1", []), ("cast: 7, agree: 3, against: 2, abstain: 1", ["votes-differ"]),
    ("cast: 7, agree: 3, against: 2, abstain: 1, invalid: 1", []), ("cast: 7, agree: 3", []),
    ("cast: 2, agree: 3", ["votes-differ"]), ("electorate: 5, agree: 3, against: 2, abstain: 1", ["more-than-all"]),
    ("electorate: 6, agree: 3, against: 2, abstain: 1", []), ("unanimous: true", []),
    ("unanimous: true, agree: 30, against: 0, abstain: 0, result: 通过", []),
    ("unanimous: true, against: 1", ["not-unanimous"]), ("unanimous: true, result: 未通过", ["not-unanimous"]),
    (f"result: 通过, agree: 4, against: 3, abstain: 0, {HALF}", []),
    (f"result: 通过, agree: 3, against: 3, abstain: 0, {HALF}", ["vote-not-carried"]),
    (f"result: 未通过, agree: 3, against: 3, abstain: 0, {HALF}", []),
    (f"result: 通过, electorate: 12, agree: 7, against: 0, abstain: 0, {THIRDS}", ["vote-not-carried"]),
    (f"result: 通过, electorate: 12, agree: 8, against: 0, abstain: 0, {THIRDS}", []),
    (f"result: 未通过, electorate: 12, agree: 8, against: 0, abstain: 0, {THIRDS}, {HALF}", ["vote-carried"]),
    (f"result: 未通过, electorate: 12, agree: 8, against: 0, abstain: 0, {THIRDS}", []),
    (f"result: 通过, electorate: 40, agree: 29, {ALL}", ["vote-not-carried"]),
    (f"result: 通过, electorate: 40, agree: 30, {ALL}", []),
    (f"result: 通过, agree: 1, {HALF}", []), ("result: 通过, words: 大家都同意, quorum: {words: 多数人参加}", [])])
def test_vote_adds_up_and_its_result_follows(text: str, codes: list[str]) -> None:
    """Counts agree with each other, and the result with counts and rule; what is not told is not checked."""
    assert faults("meeting", HEAD + vote(text)) == codes


AREA = "by_area: {{electorate: 900, agree: {agree}, against: {against}, abstain: 0}}"


@pytest.mark.parametrize(("agree", "against", "codes"), [
    ("400.5", "250", []), ("300", "300.5", ["vote-not-carried"]), ("400", "199", ["vote-not-carried"]),
    ("800", "200", ["more-than-all"])])
def test_vote_by_heads_and_by_area_needs_both(agree: str, against: str, codes: list[str]) -> None:
    """Where floor area is counted too, quorum and majority must be reached by either count."""
    heads = f"electorate: 12, agree: 8, against: 1, abstain: 0, {THIRDS}, {HALF}, result: 通过"
    assert faults("meeting", HEAD + vote(f"{heads}, {AREA.format(agree=agree, against=against)}")) == codes


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_exactly_one_result_is_possible(agree: int, against: int, abstain: int, away: int) -> None:
    """Whatever the counts, where both rules are given one result is accepted and the other refused."""
    counts = (f"electorate: {agree + against + abstain + away}, agree: {agree}, against: {against}, "
              f"abstain: {abstain}, {THIRDS}, {HALF}")
    carried = (3 * (agree + against + abstain) >= 2 * (agree + against + abstain + away)
               and 2 * agree > agree + against + abstain)
    assert faults("meeting", HEAD + vote(f"{counts}, result: 通过")) == ([] if carried else ["vote-not-carried"])
    assert faults("meeting", HEAD + vote(f"{counts}, result: 未通过")) == (["vote-carried"] if carried else [])


def test_unanimous_without_a_count_stays_so() -> None:
    """全票通过 gives no number: not of those who agreed, nor of those who took part."""
    [item] = meeting(vote("unanimous: true, result: 通过")).items
    assert item.vote.counts() == [] and item.vote.taking_part() is None and item.vote.checked() == ""


def test_part_of_the_counts_gives_no_whole() -> None:
    """How many took part is not worked out while a count is missing: missing is not zero."""
    [item] = meeting(vote("agree: 33, against: 2")).items
    assert item.vote.counts() == [("同意", 33), ("反对", 2)]


@pytest.mark.parametrize(("text", "codes"), [
    (vote("result: 未通过") + resolution("due: 2026-03-01"), ["resolved-without-vote"]),
    (vote("result: 通过") + resolution("due: 2026-03-01"), []),
    (resolution("due: 2026-03-01") + "      - {id: a, text: 再添一条}\n", ["resolution-twice"]),
    (resolution("due: 2026-03-01") + "  - {title: 二, resolutions: [{id: a, text: 再添}]}\n", ["resolution-twice"]),
    (resolution("due: 2026-03-01") + "  - {title: 二, resolutions: [{id: b, text: 再添}]}\n", [])])
def test_resolution_stands_on_a_vote_and_has_its_own_id(text: str, codes: list[str]) -> None:
    """What failed resolves nothing, and an id means one resolution of the whole meeting."""
    assert faults("meeting", HEAD + text) == codes


@pytest.mark.parametrize(("text", "state", "late", "status", "overdue"), [
    ("due: 2026-06-25", "逾期", 5, "办理中", 5),
    ("due: 2026-06-30", "办理中", 0, "办理中", 0),
    ("due: 2026-07-01", "办理中", 0, "办理中", 0), ("due: 2026-06-25, done: 2026-06-20", "已办结", 0, "已办结", 0),
    ("due: 2026-06-25, done: 2026-06-27", "已办结", 2, "已办结", 0),
    ("due: 2026-06-25, done: 2026-07-02", "逾期", 5, "办理中", 5),
    ("due: {words: 限时解决}", "后来怎样，没有写", 0, None, 0),
    ("responsible: 业委会", "后来怎样，没有写", 0, None, 0),
    ("outcome: 一直这样做", "有下文", 0, None, 0), ("review: {words: 好用}", "有下文", 0, None, 0),
    ("due: 2026-06-25, done: {words: 后来装好了}", "已办结", 0, "已办结", 0),
    ("due: 2026-06", "办理中", 0, "办理中", 0)])
def test_promise_is_kept_or_late(text: str, state: str, late: int, status: str | None, overdue: int) -> None:
    """Past its day a promise is late until it is done; without a day nobody says so; done late stays told."""
    one = meeting(resolution(text))
    [promise] = one.resolutions()
    assert (promise.state(AS_OF), promise.days_late(AS_OF)) == (state, late)
    assert (one.status(AS_OF), one.overdue_days(AS_OF)) == (status, overdue)


def test_postponed_promise_keeps_its_first_day() -> None:
    """A later deadline counts from the day on which it was set; the first one stays in the record."""
    one = meeting(resolution("due: 2026-06-25, postponed: [{date: 2026-06-28, due: 2026-07-31, reason: 下雨}]"))
    [promise] = one.resolutions()
    assert [promise.days_late(day) for day in (date(2026, 6, 27), AS_OF, date(2026, 8, 1))] == [2, 0, 1]
    assert str(promise.due) == "2026-06-25"


def test_one_open_promise_keeps_the_meeting_open() -> None:
    """A meeting is done with when all it resolved is; one of which nothing is told leaves that open."""
    one = meeting(resolution("done: 2026-03-01") + "      - {id: b, text: 装扶手, due: 2026-09-30}\n")
    untold = meeting(resolution("done: 2026-03-01") + "      - {id: b, text: 装扶手}\n")
    assert (one.status(AS_OF), untold.status(AS_OF)) == ("办理中", None)
    assert one.overdue_days(date(2026, 10, 1)) == 1


@pytest.mark.parametrize(("text", "told"), [
    ("    proposed: [{words: 灯坏了}]\n", "提"), ("    discussed: [{by: 老人, words: 太暗}]\n", "议"),
    (vote("result: 通过"), "决"), (resolution("due: 2026-03-01"), "决"),
    (resolution("review: {words: 好用}"), "决评"), ("    result: 再议\n", "")])
def test_steps_are_what_the_record_tells(text: str, told: str) -> None:
    """Of the four steps only those count as told of which something is written."""
    assert "".join(name[-1] for name, _, yes in meeting(text).items[0].steps() if yes) == told


def test_results_are_counted_in_words() -> None:
    """Lists tell how many items were carried and failed, and how many resolutions were made; nothing of none."""
    some = meeting(vote("result: 通过") + resolution("due: 2026-03-01") + "  - {title: 二, vote: {result: 未通过}}\n")
    assert some.results(AS_OF) == "1项通过，1项未通过，决议1条"
    assert meeting("    result: 再议\n").results(AS_OF) is None
