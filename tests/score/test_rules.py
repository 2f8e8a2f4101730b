"""Schemes name fields that exist, of the right kind, before anything is counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sites import RATED, places, problems

Make = Callable[..., Path]
POINTS = RATED["schemes/points.yml"]
PATH = "schemes/points.yml"


@pytest.mark.parametrize(("old", "new"), [
    ("over: activity.attendance", "over: lamp"), ("over: activity.attendance", "over: activity.visitors"),
    ("subject: volunteer, take", "subject: visitor, take"), ("subject: volunteer, take", "subject: self, take"),
    ("subject: volunteer, take", "subject: hours, take"), ("of: hours", "of: minutes"), ("of: hours", "of: volunteer"),
    (", of: hours", ""), ("of: hours", "of: hours, date: hours"), ("of: hours", "of: hours, date: held")])
def test_field_that_can_not_be_counted_is_named(make_site: Make, old: str, new: str) -> None:
    """A kind, list or field that no model has, or that holds no subject, number or date, is refused at its measure."""
    assert old in POINTS
    found = problems(make_site({**RATED, PATH: POINTS.replace(old, new)}))
    assert [(code, path, line) for code, path, line, _ in places(found)] == [("unknown-measure", PATH, 8)]


@pytest.mark.parametrize(("text", "line"), [("subject: lamp", 4), ("only: {tem: a}", 9)])
def test_subject_and_narrowing_must_exist(make_site: Make, text: str, line: int) -> None:
    """The subject is a kind, and what narrows it a field of that kind."""
    changed = POINTS.replace("subject: volunteer\n", text + "\n") if "subject" in text else POINTS + text + "\n"
    found = places(problems(make_site({**RATED, PATH: changed})))
    assert [(code, path, at) for code, path, at, _ in found] == [("unknown-measure", PATH, line)]


def test_unsound_scheme_hides_no_other_problem(make_site: Make) -> None:
    """A scheme that can't be counted is reported with the faults of the records."""
    config = make_site({**RATED, PATH: POINTS.replace("of: hours", "of: hour"), "cases/bad.yml": ""})
    assert [code for code, *_ in places(problems(config))] == ["empty-file", "unknown-measure"]


def test_mechanism_in_words_is_never_counted(make_site: Make) -> None:
    """A mechanism is only described: it needs no subject and gives no outcome."""
    text = "title: 四级办理\nsource: press\nform: mechanism\nrule: 逐级上报。\nclauses: [{name: 上报}]\n"
    assert problems(make_site({"schemes/ladder.yml": text})) == []
