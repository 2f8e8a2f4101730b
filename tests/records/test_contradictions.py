"""What contradicts itself is refused at its place: days out of order, less than nothing, the same thing twice."""

from __future__ import annotations

import pytest

from generator import validate
from generator.data import Raw
from generator.load import parse
from generator.records import kinds
from generator.records.masks import MASKED

NOTICE = "basis: 约定\ntext: 涨价\nsince: 2026-11-16\nchannel: 大厅\nissuer: 业委会\n"
DUTY = "what: 账\nby_words: 自治会\nbasis: 办法\nevery: 每月\nwithin_days: 9\nsince: 2026-03\n"
AIMS = "readings: [{{period: 2026-H1, target: 九成{one}}}, {{period: 2026-H1, {two}}}]\n"


def refused(kind: str, text: str) -> list[tuple[str, str]]:
    """Return (code, keys) of every Problem of a record."""
    found = validate.validate(Raw(kind, "a", "a.yml", parse(f"title: 记录\nsource: press\n{text}")), kinds())
    return [(p.code, "/".join(map(str, p.place.keys))) for p in found] if isinstance(found, list) else []


@pytest.mark.parametrize(("kind", "text", "at"), [
    ("announcement", NOTICE + "until: 2026-11-27\noutcome: {date: 2026-11-26, decision: 照办}\n", "outcome/date"),
    ("announcement", NOTICE + "working_days: 7\noutcome: {date: 2026-11-22, decision: 照办}\n", "outcome/date"),
    ("agreement", "parties: [甲]\nsigned: 2026-03-01\npledges: [{text: 一事, due: 2026-02-28}]\n", "pledges/0/due"),
    ("agreement", "parties: [甲]\nsigned: 2026-03-01\nuntil: 2026-02\npledges: [{text: 一事}]\n", "until"),
    ("donation", 'date: 2026-03-01\ngifts: [{item: 米, quantity: 十袋}]\nuses: [{item: 米, purpose: 食堂, '
                 'date: 2026-02-01}]\n', "uses/0/date"),
    ("duty", DUTY + "until: 2026-02\n", "until"),
    ("duty", DUTY + "published: [{period: 2026-03, record: document/press, date: 2026-02-28}]\n", "published/0/date"),
    ("feedback", "form: 投诉\nspeaker: 某居民\nwords: 吵\nground: consent\ndate: 2026-05-06\n"
                 "reply: {date: 2026-05-05, by: 社区, words: 查了}\n", "reply/date"),
    ("inspection", "date: 2026-05-05\ninspectors: [社区]\nfindings: [{what: 堆物, due: 2026-05-04}]\n",
     "findings/0/due"),
    ("inspection", "date: 2026-05-05\ninspectors: [社区]\nfindings: [{what: 堆物, remedy: {date: 2026-05-04}}]\n",
     "findings/0/remedy/date"),
    ("meeting", "type: 议事会\ndate: 2026-05-05\nitems: [{title: 灯, resolutions: [{id: a, text: 装灯, "
                "due: 2026-05-04}]}]\n", "items/0/resolutions/0/due"),
    ("need", "form: 需求\nasked: 2026-05-06\ndue: 2026-05-05\n", "due"),
    ("need", "form: 需求\nasked: 2026-05-06\ntaken: {date: 2026-05}\nresolved: 2026-05-01\n", "resolved"),
    ("resource", "offered: 2026-05-06\nuntil: 2026-05-05\n", "until"),
    ("service", "since: 2026-05-06\nended: 2026-05-05\n", "ended"),
])
def test_days_out_of_order_are_refused(kind: str, text: str, at: str) -> None:
    """A day that surely lies before the one it follows is one Problem, at its own place."""
    assert refused(kind, text) == [("dates-reversed", at)]


@pytest.mark.parametrize(("kind", "text", "at"), [
    ("donation", 'gifts: [{item: 钱, amount: "-1.00"}]\n', "gifts/0/amount"),
    ("donation", 'gifts: [{item: 钱, amount: "1.00"}]\nuses: [{item: 钱, amount: "-1.00", purpose: 灯}]\n',
     "uses/0/amount"),
    ("donation", "gifts: [{item: 米, quantity: {words: 退一袋, number: -1, unit: 袋}}]\n", "gifts/0/quantity/number"),
    ("fund", 'budgets: [{period: 2026, income: [{item: 会费, amount: "-1.00"}]}]\n', "budgets/0/income/0/amount"),
    ("meeting", 'type: 议事会\nitems: [{title: 灯, resolutions: [{id: a, text: 装灯, amount: "-1.00"}]}]\n',
     "items/0/resolutions/0/amount"),
    ("service", 'prices: [{item: 理发, amount: "-1.00"}]\n', "prices/0/amount"),
])
def test_less_than_nothing_is_refused(kind: str, text: str, at: str) -> None:
    """No gift, use, budget, resolution or price lies below zero: it would make a balance look better than it is."""
    assert refused(kind, text) == [("out-of-range", at)]


@pytest.mark.parametrize(("kind", "text", "at"), [
    ("holiday", "year: 2027\noff: [2027-02-08]\nworked: [2027-02-08]\n", "worked/0"),
    ("duty", DUTY + "published: [{period: 2026-03, record: document/press, date: 2026-04-02}, "
             "{period: 2026-03, record: document/press, date: 2026-04-20}]\n", "published/1/period"),
    ("indicator", AIMS.format(one="", two="target: 八成"), "readings/1"),
])
def test_what_is_said_twice_is_refused(kind: str, text: str, at: str) -> None:
    """Off and worked on one day, one period published on two, one aim said otherwise: nobody can tell which holds."""
    assert refused(kind, text) == [("said-twice", at)]


def test_aim_and_actual_may_stand_apart() -> None:
    """An actual in a reading of its own leaves the aim of the other where an amendment finds it."""
    amended = ("amendments: [{date: 2026-03-01, period: 2026-H1, was: 九成, to: 八成, reason: 雨, decided_by: 街道}]\n")
    assert refused("indicator", AIMS.format(one="", two="actual: 八成") + amended) == []


def test_amendment_names_unit_and_bound_of_what_was() -> None:
    """150个 and about 150户 are two aims, and the message shows wherein they differ."""
    text = ("readings: [{period: 2026, target: {words: 150, number: 150, unit: 个}}]\namendments: [{date: 2026-03-01, "
            "period: 2026, was: {words: 150, number: 150, unit: 户}, to: 九成, reason: 雨, decided_by: 街道}]\n")
    assert refused("indicator", text) == [("baseline-differs", "amendments/0/was")]


@pytest.mark.parametrize(("vote", "code"), [
    ("electorate: 48, agree: 100", "more-than-all"),
    ("electorate: 48, agree: 40, against: 9", "more-than-all"),
    ("unanimous: true, cast: 30, agree: 28", "not-unanimous"),
    ("quorum: {words: 全部, share: 3/2}", "bad-share"),
])
def test_votes_contradict_each_other(vote: str, code: str) -> None:
    """Counts are compared as far as they are told, though not all of them are."""
    assert [c for c, _ in refused("meeting", f"type: 议事会\nitems: [{{title: 灯, vote: {{{vote}}}}}]\n")] == [code]


def test_budget_before_the_books_is_refused() -> None:
    """Books that begin in 2026 can't tell what came in in 2025, which would read 0.00."""
    assert refused("fund", 'opening: {date: 2026-01-01, amount: "1.00"}\nbudgets: [{period: 2025}]\n') == [
        ("before-opening", "budgets/0/period")]


@pytest.mark.parametrize(("name", "is_masked"), [
    ("陈奶奶", True), ("王某先生", True), ("3栋王女士", True), ("欧阳老师", True), ("李家大姐", True),
    ("热心阿姨", True),
    ("陈秀英奶奶", False), ("王建国先生", False), ("欧阳建国先生", False), ("王建国", False)])
def test_form_of_address_hides_no_whole_name(name: str, is_masked: bool) -> None:
    """A whole name stays a name, whatever polite word follows it."""
    assert bool(MASKED.search(name)) is is_masked
