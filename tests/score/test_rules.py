"""Schemes name fields that exist, of the right kind, before anything is counted; their numbers fit together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.records import kinds
from generator.records.base import shapes
from generator.records.statements import Quantity
from tests.sites import RATED, codes, places, problems, scored

Make = Callable[..., Path]
POINTS = RATED["schemes/points.yml"]
STARS = RATED["schemes/stars.yml"]
PATH = "schemes/points.yml"
BOARD = ("title: 榜\nsource: press\nform: leaderboard\nsubject: area\nrule: 无\nmeasures:\n"
         "  - label: 项\n    over: case\n    subject: area\n    take: ratio\n    of: in_time\n")


@pytest.mark.parametrize(("old", "new"), [
    ("over: activity.attendance", "over: lamp"), ("over: activity.attendance", "over: activity.visitors"),
    ("subject: volunteer, take", "subject: visitor, take"), ("subject: volunteer, take", "subject: self, take"),
    ("subject: volunteer, take", "subject: hours, take"), ("of: hours", "of: minutes"), ("of: hours", "of: volunteer"),
    ("subject: volunteer, take", "subject: volunteer.area, take"),
    ("of: hours", "of: hours, date: hours"), ("of: hours", "of: hours, date: held"),
    ("of: hours", "of: hours, where: {nights: a}")])
def test_field_that_can_not_be_counted_is_named(make_site: Make, old: str, new: str) -> None:
    """A kind, list or field that no model has, or that holds no subject, number or date, is refused at its measure."""
    assert old in POINTS
    found = problems(make_site({**RATED, PATH: POINTS.replace(old, new)}))
    assert [(code, path, line) for code, path, line, _ in places(found)] == [("unknown-measure", PATH, 8)]


@pytest.mark.parametrize(("old", "new", "line", "column"), [
    ("of: in_time", "of: intime", 11, 5), ("over: case", "over: cases", 8, 5),
    ("subject: area\n    take", "subject: place\n    take", 9, 5),
    ("of: in_time", "of: in_time\n    date: due", 0, 0), ("of: in_time", "of: in_time\n    date: due_on", 12, 5),
    ("of: in_time", "of: in_time\n    where:\n      categry: 漏水", 13, 7),
    ("take: ratio\n    of: in_time", "take: within_days\n    of: resolved\n    since: report\n    days: 7", 12, 5),
    ("rule: 无", "rule: 无\nonly:\n  levl: 社区", 7, 3), ("rule: 无", "rule: 无\nper:\n  of: house", 7, 3)])
def test_unknown_field_stands_at_its_place(make_site: Make, old: str, new: str, line: int, column: int) -> None:
    """Of, over, subject, date, where, since, only and per: the fault is placed at the word to change."""
    assert old in BOARD
    found = places(problems(make_site({"schemes/b.yml": BOARD.replace(old, new)})))
    assert found == ([("unknown-measure", "schemes/b.yml", line, column)] if line else [])


@pytest.mark.parametrize(("text", "line"), [("subject: lamp", 4), ("only: {tem: a}", 9)])
def test_subject_and_narrowing_must_exist(make_site: Make, text: str, line: int) -> None:
    """The subject is a kind, and what narrows it a field of that kind."""
    changed = POINTS.replace("subject: volunteer\n", text + "\n") if "subject" in text else POINTS + text + "\n"
    found = places(problems(make_site({**RATED, PATH: changed})))
    assert [(code, path, at) for code, path, at, _ in found] == [("unknown-measure", PATH, line)]


@pytest.mark.parametrize(("take", "of"), [
    ("sum", "resolved"), ("mean", "category"), ("median", "in_time"), ("latest", "area"), ("ratio", "days_used"),
    ("ratio", "satisfaction"), ("ratio", "category"), ("sum", "steps"), ("sum", "evidence")])
def test_each_take_wants_its_kind_of_value(take: str, of: str) -> None:
    """Numbers are added and averaged, yes and no make a share, dates and words are neither."""
    text = BOARD.replace("take: ratio", f"take: {take}").replace("of: in_time", f"of: {of}")
    assert codes(scored({"schemes/b.yml": text}).problems) == ["unknown-measure"]


WORDED = [(kind, rows.name if rows else "", shape.name) for kind, model in kinds().items()
          for rows in (None, *(s for s in shapes(model) if s.many and s.part))
          for shape in shapes(rows.part if rows and rows.part else model)
          if not shape.many and isinstance(shape.type, type) and issubclass(shape.type, Quantity)]
CLAIMED = [(kind, "claims", name) for kind in kinds() for name in ("number", "denominator")]


def test_there_are_worded_quantities() -> None:
    """The two tests below are about something."""
    assert ("project", "", "reported_progress") in WORDED and len(CLAIMED) > 20


@pytest.mark.parametrize("take", ["sum", "mean", "median", "latest", "ratio"])
def test_quantity_in_words_can_not_be_measured(take: str) -> None:
    """450余个 is no number: no take counts a quantity that a source states in words."""
    for kind, rows, name in WORDED:
        over = f"{kind}.{rows}" if rows else kind
        text = (f"title: 榜\nsource: press\nform: leaderboard\nsubject: {kind}\nrule: 无\nmeasures:\n"
                f"  - {{label: 项, over: {over}, subject: self, take: {take}, of: {name}}}\n")
        assert codes(scored({"schemes/b.yml": text}).problems) == ["unknown-measure"], (kind, rows, name)


def test_claims_of_a_source_can_not_be_measured() -> None:
    """What a source claims is shown and never added up, on any kind of record."""
    for kind, rows, name in CLAIMED:
        text = (f"title: 榜\nsource: press\nform: leaderboard\nsubject: {kind}\nrule: 无\nmeasures:\n"
                f"  - {{label: 项, over: {kind}.{rows}, subject: self, take: sum, of: {name}}}\n")
        assert codes(scored({"schemes/b.yml": text}).problems) == ["unknown-measure"], kind


def test_unsound_scheme_hides_no_other_problem(make_site: Make) -> None:
    """A scheme that can't be counted is reported with the faults of the records."""
    config = make_site({**RATED, PATH: POINTS.replace("of: hours", "of: hour"), "cases/bad.yml": ""})
    assert [code for code, *_ in places(problems(config))] == ["empty-file", "unknown-measure"]


def test_mechanism_in_words_is_never_counted(make_site: Make) -> None:
    """A mechanism is only described: it needs no subject and gives no outcome."""
    text = "title: 四级办理\nsource: press\nform: mechanism\nrule: 逐级上报。\nclauses: [{name: 上报}]\n"
    assert problems(make_site({"schemes/ladder.yml": text})) == []


@pytest.mark.parametrize(("old", "new", "code"), [
    (", of: hours", "", "measure-needs"), ("take: sum", "take: count", "measure-needs"),
    ("take: sum, of: hours", "take: within_days, of: hours", "measure-needs"),
    ("of: hours", "of: hours, days: 3", "measure-needs"), ("of: hours", "of: hours, worst: 3", "measure-needs"),
    ("of: hours", "of: hours, worst: 3, best: 3.0", "zero-divisor"),
    ("of: hours", "of: hours, floor: 2, cap: 1", "floor-over-cap"),
    ("take: sum", "take: max", "not-one-of"), ("of: hours", "of: hours, weight: 1e9", "not-a-number")])
def test_measure_that_does_not_fit_together_is_refused(old: str, new: str, code: str) -> None:
    """What a way of counting needs and no more; a scale that has a length; a floor below the cap."""
    assert old in POINTS
    assert codes(scored({**RATED, PATH: POINTS.replace(old, new)}).problems)[0] == code


TWICE = "  - {label: 活动, over: activity.attendance, subject: volunteer, take: count}\n"


@pytest.mark.parametrize("files", [
    {"schemes/points.yml": POINTS + TWICE}, {"schemes/stars.yml": STARS.replace("label: 卫生", "label: 消防")},
    {"schemes/stars.yml": STARS.replace("id: tidy", "id: fire")}])
def test_no_two_parts_of_a_rule_have_one_name(files: dict[str, str]) -> None:
    """Contributions and points are told apart by the name of their part, in pages and data: it may not stand twice."""
    assert codes(scored(files).problems) == ["same-criterion"]


SHARE = POINTS.replace("of: hours}", "of: hours, worst: 0, best: 10, weight: 60}")


@pytest.mark.parametrize(("text", "found"), [
    (SHARE + "full: 60\n", []), (SHARE + "full: 100\n", ["weights-not-full"]),
    (SHARE.replace("weight: 60", "weight: 60, cap: 40") + "full: 60\n", ["weights-not-full"]),
    (SHARE.replace("weight: 60", "weight: 60, cap: 40") + "full: 40\n", []),
    (POINTS + "full: 1\n", ["weight-unbounded"]),
    (SHARE + "bands: [{floor: 0, word: 起}, {floor: 61, word: 高}]\n", ["band-out-of-reach"]),
    (SHARE + "bands: [{floor: 0, word: 起}, {floor: 60, word: 高}]\n", []),
    (POINTS + "bands: [{floor: 1, word: 起}]\n", ["band-gap"]),
    (POINTS + "bands: [{floor: 0, word: 起}, {floor: 5, word: 中}, {floor: 5, word: 高}]\n", ["band-gap"]),
    (POINTS + "bands: [{floor: 0, word: 起}, {floor: 9, word: 中}, {floor: 5, word: 高}]\n", ["band-gap"]),
    (POINTS + "bands: [{floor: 0, word: 起}]\ndirection: low\n", ["bands-upside-down"])])
def test_weights_and_bands_add_up(text: str, found: list[str]) -> None:
    """The parts make the full mark exactly; bands start at nothing, rise, and can be reached."""
    assert codes(scored({"schemes/points.yml": text}).problems) == found


@pytest.mark.parametrize(("full", "found"), [("full: 100\n", []), ("full: 99\n", ["weights-not-full"])])
def test_criteria_add_up(full: str, found: list[str]) -> None:
    """60 and 40 points are 100."""
    assert codes(scored({"schemes/stars.yml": STARS + full}).problems) == found


@pytest.mark.parametrize("name", ["replaces", "compares"])
def test_schemes_in_a_circle_are_refused(name: str) -> None:
    """Three schemes that replace (or compare) each other are one Problem, which names the way round."""
    head = ("title: 榜\nsource: press\nform: leaderboard\nsubject: volunteer\nrule: 无\nperiod: year\n")
    more = "effective: 2026-01-0{n}\nmeasures: [{{label: 项, over: activity, subject: organiser, take: count}}]\n"
    head = head.replace("volunteer", "organisation") if name == "replaces" else head
    files = {f"schemes/{a}.yml": head + f"{name}: {b}\n" + (more.format(n=n) if name == "replaces" else "")
             for n, (a, b) in enumerate((("x", "y"), ("y", "z"), ("z", "x")), 1)}
    [problem] = scored(files).problems
    assert (problem.code, problem.values["path"]) == ("scheme-cycle", "x → y → z → x")


@pytest.mark.parametrize(("more", "found"), [
    ("replaces: points\neffective: 2026-02-01\n", []), ("replaces: points\n", ["scheme-incomplete"]),
    ("replaces: points\neffective: 2026-02\n", ["scheme-incomplete"]),
    ("replaces: points\neffective: 2026-01-01\n", ["dates-reversed"]),
    ("replaces: points\neffective: 2025-01-01\n", ["dates-reversed"]),
    ("replaces: stars\neffective: 2026-02-01\n", ["version-differs"]),
    ("replaces: points\neffective: 2026-02-01\nillustrative: true\n", ["version-differs"])])
def test_version_comes_after_the_one_it_replaces(more: str, found: list[str]) -> None:
    """A new version is of the same kind, says its day, and begins later."""
    files = {**RATED, PATH: POINTS + "effective: 2026-01-01\n", "schemes/new.yml": POINTS + more}
    assert codes(scored(files).problems) == found


@pytest.mark.parametrize(("text", "found"), [
    ("subject: volunteer\nperiod: year\ncompares: points\n", []),
    ("subject: volunteer\nperiod: quarter\ncompares: points\n", ["compares-differs"]),
    ("subject: area\nperiod: year\ncompares: points\n", ["compares-differs"]),
    ("subject: area\nperiod: year\ncompares: stars\n", ["compares-differs"]),
    ("subject: volunteer\nperiod: all\ncompares: points\n", ["scheme-incomplete"]),
    ("subject: volunteer\nperiod: rolling\n", ["scheme-incomplete"]),
    ("subject: volunteer\nmonths: 3\ncompares: points\nperiod: year\n", ["scheme-incomplete"])])
def test_improvement_compares_like_with_like(text: str, found: list[str]) -> None:
    """A board of improvement names one of the same subjects and periods; a window names its months."""
    files = {**RATED, "schemes/b.yml": f"title: 榜\nsource: press\nform: leaderboard\nrule: 无\n{text}"}
    assert codes(scored(files).problems) == found
