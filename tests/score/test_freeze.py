"""Frozen periods: whatever happens to the records, what was published stays, until a correction says otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import score
from generator.records.scheme import Scheme
from generator.results import Outcome, rows_of, standings_of
from tests.sites import (
    BASE,
    RATED,
    build_site,
    check_site,
    codes,
    corrected,
    frozen,
    opened,
    places,
    problems,
    ranks,
    record,
    scored,
    standing,
    write_site,
)

POINTS = RATED["schemes/points.yml"]
PEOPLE = {f"volunteers/{id}.yml": f"title: {id}某\nsource: press\n" for id in "abc"}


def served(day: str, **hours: float) -> str:
    """Return an activity at which these volunteers served so many hours."""
    rows = "".join(f"  - {{volunteer: {id}, hours: {n}}}\n" for id, n in hours.items())
    return f"title: 清扫\nsource: press\ndate: {day}\nattendance:\n{rows}"


FILES = {"schemes/points.yml": POINTS + "bands: [{floor: 0, word: 起步}, {floor: 4, word: 热心}]\n", **PEOPLE,
         "activities/x.yml": served("2025-03-01", a=3, b=1), "activities/y.yml": served("2025-09-01", a=2, b=1.5, c=1),
         "activities/z.yml": served("2026-02-01", a=1, b=5)}
"""2025: A 5, B 2.5, C 1. 2026: B 5, A 1."""


def computed(files: Mapping[str, str] = FILES, period: str = "2025") -> Outcome:
    """Return the points board as the records give it."""
    return scored({**files}).board("points", period)


def record_of(text: str) -> Scheme:
    """Return the rule that a text states."""
    one = record("scheme", text)
    assert isinstance(one, Scheme)
    return one


def inputs(outcome: Outcome) -> str:
    """Return the digest of what a points board was computed from."""
    return score.inputs_digest(outcome.standings, record_of(POINTS))


def kept(outcome: Outcome, corrections: tuple[str, ...] = ()) -> score.Closed:
    """Return an outcome as it is read back once frozen."""
    rows = json.loads(score.rows_text(outcome))
    return score.Closed(outcome.key, outcome.scheme, "outcome/points-2025", "2026-01-05", corrections,
                        inputs(outcome), standings_of(rows))


CLOSED = kept(computed())
EDITS = st.lists(st.one_of(
    st.tuples(st.sampled_from(["activities/x.yml", "activities/y.yml", "activities/new.yml", "activities/more.yml"]),
              st.builds(lambda day, hours: served(day, **hours),
                        st.sampled_from(["2025-01-01", "2025-12-31", "2025", "2026-03-01", "2024-05-01"]),
                        st.dictionaries(st.sampled_from("abc"), st.sampled_from([0.5, 2, 40]), min_size=1))),
    st.tuples(st.sampled_from(["activities/x.yml", "activities/y.yml"]), st.none()),
    st.tuples(st.just("schemes/points.yml"), st.sampled_from([
        POINTS.replace("of: hours", "of: hours, weight: 3"), POINTS + "minimum: 9\n", POINTS + "only: {team: team}\n",
        POINTS + "ends: 2024-12-31\n", POINTS.replace("year", "month")])),
    st.tuples(st.just("volunteers/b.yml"), st.sampled_from([
        PEOPLE["volunteers/b.yml"] + "withdrawn: {date: 2026-01-01, reason: 搬走}\n",
        PEOPLE["volunteers/b.yml"] + "team: team\n"]))), max_size=5)


def edited(edits: list[tuple[str, str | None]]) -> dict[str, str]:
    """Return the files after some edits; None removes one."""
    files = dict(FILES)
    for path, text in edits:
        files.pop(path, None)
        if text is not None:
            files[path] = text
    return files


@given(EDITS)
def test_frozen_period_is_stable_under_any_edit(edits: list[tuple[str, str | None]]) -> None:
    """Activities added, changed, removed, the rule changed, a volunteer withdrawn: the frozen rows stay."""
    found = scored(edited(edits), kept=[CLOSED])
    board = found.board("points", "2025")
    assert rows_of(board) == rows_of(computed())
    assert board.frozen is not None and (board.frozen.key, board.frozen.closed) == ("outcome/points-2025", "2026-01-05")


@given(EDITS)
def test_what_differs_now_is_named(edits: list[tuple[str, str | None]]) -> None:
    """Each subject whose rank, value or word the records now tell otherwise is named with both, and nobody else."""
    files = edited(edits)
    live = {s.subject: s for o in scored(files).results.outcomes if (o.family, o.period) == ("points", "2025")
            for s in o.standings}
    board = scored(files, kept=[CLOSED]).board("points", "2025")
    was = {s.subject: s for s in board.standings}
    assert board.frozen is not None
    expected = {key for key in {*was, *live} if key not in was or key not in live or (
        was[key].rank, was[key].value, was[key].outcome) != (live[key].rank, live[key].value, live[key].outcome)}
    assert {d.subject for d in board.frozen.differs} == expected
    assert [d.subject for d in board.frozen.differs] == sorted(expected)


@given(EDITS)
def test_other_periods_go_on(edits: list[tuple[str, str | None]]) -> None:
    """A frozen 2025 changes nothing in 2026 but what it is compared with: values and ranks are those of the records."""
    files = edited(edits)
    with_it, without = (
        {(o.period, s.subject): (s.rank, s.value) for o in scored(files, kept=some).results.outcomes
         if o.family == "points" and o.period != "2025" for s in o.standings} for some in ([CLOSED], []))
    assert with_it == without


def test_movement_is_told_against_what_was_published() -> None:
    """B was second in the frozen 2025, whatever the records say now: first in 2026 is up from second."""
    files = {**FILES, "activities/late.yml": served("2025-12-01", b=40)}
    assert standing(computed(files), "volunteer/b").rank == 1
    board = scored(files, kept=[CLOSED]).board("points", "2026")
    assert {s.subject: (s.rank, s.before) for s in board.standings} == {"volunteer/b": (1, 2), "volunteer/a": (2, 1)}


def test_improvement_is_told_against_what_was_published() -> None:
    """The board of improvement takes the published 2.5 of 2025 for B, not the 42.5 that the records tell since."""
    better = ("title: 进步榜\nsource: press\nform: leaderboard\nsubject: volunteer\nrule: 比上年多几分。\n"
              "period: year\ncompares: points\n")
    files = {**FILES, "schemes/better.yml": better, "activities/late.yml": served("2025-12-01", b=40)}
    board = scored(files, kept=[CLOSED]).board("better", "2026")
    assert ranks(board) == {"volunteer/b": (1, "2.5"), "volunteer/a": (2, "-4")}


def test_frozen_board_gives_no_advice() -> None:
    """What is over can't be changed by another hour."""
    assert all(s.ways == () for s in scored(FILES, kept=[CLOSED]).board("points", "2025").standings)
    assert any(s.ways for s in scored(FILES).board("points", "2025").standings)


def test_frozen_period_outlives_its_records() -> None:
    """When every record behind it is gone, the period is there all the same, and all of it differs."""
    files = {path: text for path, text in FILES.items() if not path.startswith("activities/")}
    board = scored(files, kept=[CLOSED]).board("points", "2025")
    assert rows_of(board) == rows_of(computed())
    assert board.frozen and {(d.subject, d.now) for d in board.frozen.differs} == {
        (f"volunteer/{id}", "不在榜") for id in "abc"}


def test_frozen_period_keeps_its_version() -> None:
    """A version that begins in the frozen year takes nothing over: the outcome stays under the one it was closed by."""
    files = {**FILES, "schemes/points.yml": FILES["schemes/points.yml"] + "effective: 2024-01-01\n",
             "schemes/points-2.yml": POINTS.replace("of: hours", "of: hours, weight: 9")
             + "replaces: points\neffective: 2024-06-01\n"}
    board = scored(files, kept=[CLOSED]).board("points", "2025")
    assert (board.scheme, rows_of(board)) == ("points", rows_of(computed()))


@pytest.mark.parametrize(("old", "new"), [
    ("minimum: 1\n", "withdrawn: {date: 2026-01-01, reason: 作废}\n"), ("minimum: 1\n", "effective: 2030-01-01\n"),
    ("form: leaderboard", "form: mechanism"), ("form: leaderboard", "form: list")])
def test_frozen_period_outlives_its_scheme(old: str, new: str) -> None:
    """A scheme that is withdrawn, put off or made into something else takes no frozen period with it, in silence."""
    text = FILES["schemes/points.yml"] + "minimum: 1\n"
    assert old in text
    found = scored({**FILES, "schemes/points.yml": text.replace(old, new)}, kept=[CLOSED])
    kept_boards = [o for o in found.results.outcomes if (o.family, o.period) == ("points", "2025")]
    assert found.problems != [] or [rows_of(o) for o in kept_boards] == [rows_of(computed())]


# ── rows and seals ──


@given(EDITS)
def test_rows_can_be_read_back(edits: list[tuple[str, str | None]]) -> None:
    """Rows become the standings they were made of, but for advice; and these the same rows again."""
    for outcome in scored(edited(edits)).results.outcomes:
        if outcome.form == "leaderboard":
            rows = json.loads(score.rows_text(outcome))
            again = standings_of(rows)
            assert [opened(s._replace(ways=())) for s in outcome.standings] == [*map(opened, again)]


def test_rows_stand_one_a_line() -> None:
    """Whoever compares two versions of the file sees which subjects changed."""
    text = score.rows_text(computed()).decode()
    assert json.loads(text) == rows_of(computed())
    assert len(text.splitlines()) == len(computed().standings) + 2


@pytest.mark.parametrize("change", [{"a": 2}, {"b": 1}, {}])
def test_seal_binds_every_value(change: dict[str, int]) -> None:
    """Any value that changes, comes or goes gives another seal; the order of fields, and the seal itself, do not."""
    values: dict[str, Any] = {"a": 1, "period": "2025"}
    other = {**values, **change} if change else {"a": 1}
    assert score.seal_of(other) != score.seal_of(values)
    assert score.seal_of({"seal": "x", "period": "2025", "a": 1}) == score.seal_of(values)


@given(EDITS)
def test_digest_of_inputs_tells_whether_the_records_changed(edits: list[tuple[str, str | None]]) -> None:
    """The same contributions give the same digest, others another: who holds the records can check what was counted."""
    now = [o for o in scored(edited(edits)).results.outcomes if (o.family, o.period) == ("points", "2025")]
    if now:
        def counted(outcome: Outcome) -> list[tuple[str, str, str, str]]:
            return sorted((s.subject, t.label, c.evidence, f"{c.day} {c.amount}")
                          for s in outcome.standings for t in s.tallies for c in t.credits) + sorted(
                              (s.subject, s.reason or "", "", "") for s in outcome.standings)

        same = inputs(now[0]) == inputs(computed())
        assert same == (counted(now[0]) == counted(computed()))
    assert inputs(computed()) != score.inputs_digest(
        computed().standings, record_of(POINTS.replace("take: sum", "take: mean")))


# ── on disk ──


def test_rows_of_the_built_site_are_those_that_were_frozen(tmp_path: Path) -> None:
    """JSON of the release, before and after an edit of a record of that year: the same rows, byte for byte."""
    files = {**BASE, **FILES, **frozen(computed())}
    release = build_site(write_site(tmp_path / "a", files), tmp_path / "a/site")
    later = {**files, "activities/x.yml": served("2025-03-01", a=30, c=9)}
    again = build_site(write_site(tmp_path / "b", later), tmp_path / "b/site")
    one, two = ((r / "boards/points.2025.json").read_bytes() for r in (release, again))
    assert one == two
    rows = json.loads(one)["rows"]
    assert [{k: v for k, v in row.items() if k != "title"} for row in rows] == rows_of(computed())
    assert json.loads(one)["frozen"] == {"outcome": "outcome/points-2025", "closed": "2026-06-15", "corrections": []}


@pytest.mark.parametrize(("path", "old", "new"), [
    ("outcomes/points-2025.json", '"value":5', '"value":6'), ("outcomes/points-2025.json", "]\n", "]"),
    ("outcomes/points-2025.yml", "closed: '2026-06-15'", "closed: '2026-06-16'"),
    ("outcomes/points-2025.yml", "period: '2025'", "period: '2024'"),
    ("outcomes/points-2025.yml", "examples: false", "examples: true"),
    ("outcomes/points-2025.yml", "inputs: ", "inputs: 0"), ("outcomes/points-2025.yml", "seal: ", "seal: 0")])
def test_frozen_files_can_not_be_edited(tmp_path: Path, path: str, old: str, new: str) -> None:
    """Each bound value and every byte of the rows: a change is refused and names the file."""
    files = {**BASE, **FILES, **frozen(computed())}
    text = files[path]
    text = text.decode() if isinstance(text, bytes) else text
    assert old in text
    files[path] = text.replace(old, new)
    [problem] = problems(write_site(tmp_path, files))
    assert problem.code == "outcome-edited" and problem.values["path"] == path


def test_title_and_note_may_still_be_mended(tmp_path: Path) -> None:
    """The seal binds the result, not the words around it."""
    files = {**BASE, **FILES, **frozen(computed())}
    path = "outcomes/points-2025.yml"
    files[path] = str(files[path]).replace("title: 志愿积分榜定榜", "title: 2025年定榜") + "note: 另见公示栏。\n"
    assert "2025年定榜" in files[path]
    assert problems(write_site(tmp_path, files)) == []


def test_rows_that_are_gone_are_missed(tmp_path: Path) -> None:
    """Without its rows nobody can tell what was frozen: refused, at the record."""
    files = {**BASE, **FILES, **frozen(computed())}
    del files["outcomes/points-2025.json"]
    assert places(problems(write_site(tmp_path, files)))[0][:2] == ("outcome-rows-missing", "outcomes/points-2025.yml")


def test_rows_of_nobody_are_refused(tmp_path: Path) -> None:
    """Rows beside no record, and JSON anywhere else, are unexpected files."""
    files = {**BASE, **FILES, "outcomes/points-2024.json": "[]\n", "cases/leak.json": "[]\n"}
    assert codes(problems(write_site(tmp_path, files))) == ["unexpected-file", "unexpected-file"]


def test_newest_correction_holds(tmp_path: Path) -> None:
    """Two corrections: the later day's standings are the board's, both are named, the frozen ones are history."""
    first = {**FILES, "activities/late.yml": served("2025-12-01", c=9)}
    second = {**FILES, "activities/late.yml": served("2025-12-01", c=90)}
    files = {**BASE, **FILES, **frozen(computed()),
             **corrected(computed(second), "points-2025", "c-2", "2026-06-25"),
             **corrected(computed(first), "points-2025", "c-1", "2026-06-20")}
    outcome = next(o for o in check_site(write_site(tmp_path, files)).results.outcomes if o.period == "2025")
    assert ranks(outcome)["volunteer/c"] == (1, "91")
    assert outcome.frozen is not None
    assert (outcome.frozen.key, outcome.frozen.corrections) == (
        "outcome/points-2025", ("correction/c-2", "correction/c-1"))
    assert {d.subject: (d.frozen, d.now) for d in outcome.frozen.differs}["volunteer/c"] == (
        "第1名 91分 热心", "第3名 1分 起步")


@pytest.mark.parametrize(("old", "new"), [
    ("reason: 漏记了一人。", "reason: 别的理由"), ("decided_by: 志愿服务站", "decided_by: 某人"),
    ("after: 第1名", "after: 第9名"), ("date: '2026-06-20'", "date: '2026-06-21'")])
def test_correction_can_not_be_edited_either(tmp_path: Path, old: str, new: str) -> None:
    """Reason, decider, day and every before and after are sealed."""
    files = {**BASE, **FILES, **frozen(computed()), **corrected(computed(), "points-2025", "c-1")}
    text = str(files["corrections/c-1.yml"])
    assert old in text
    files["corrections/c-1.yml"] = text.replace(old, new)
    assert codes(problems(write_site(tmp_path, files))) == ["outcome-edited"]


def test_freezing_on_another_day_changes_no_row(tmp_path: Path) -> None:
    """What is frozen depends on the records and the rule, not on the day of closing after the period."""
    assert score.rows_text(scored(FILES, date(2026, 1, 1)).board("points", "2025")) == score.rows_text(
        scored(FILES, date(2026, 6, 30)).board("points", "2025"))
