"""What a record tells of its own way: events with their days, and promises with the day on which each ended."""

from __future__ import annotations

from datetime import date

from generator.records.base import Promise, Record
from tests.sites import record

LAST = date(2026, 12, 31)
CASE = "title: 漏水\nsource: press\ncategory: 漏水\n"
PLAN = "title: 加装\nsource: press\n"


def told(one: Record) -> list[tuple[str, str, str, bool]]:
    """Return (day, verb, words, opens) of a record's events, by day."""
    return sorted((e.day, e.verb, e.words, e.opens) for e in one.events())


def test_case_tells_its_way() -> None:
    """Report, the further levels of the ladder, steps, closing, confirmation; the first level is no step upwards."""
    one = record("case", CASE + (
        "reported: 2026-05-06\nladder:\n  - {level: 社区自办, date: 2026-05-06}\n"
        "  - {level: 网格长联办, date: 2026-05-09}\nsteps: [{date: 2026-05-10, action: 换管}]\n"
        "resolved: 2026-05-11\nconfirmed: 2026-05-12\nreopened: [2026-05-20]\n"))
    assert told(one) == [
        ("2026-05-06", "began", "", True), ("2026-05-09", "moved", "到“网格长联办”这一级", False),
        ("2026-05-10", "moved", "换管", False), ("2026-05-11", "closed", "", False),
        ("2026-05-12", "confirmed", "", False), ("2026-05-20", "reopened", "", False)]


def test_case_of_unknown_end_is_never_open() -> None:
    """Where the source does not tell the end, or its day, nobody can say that it was still being handled."""
    for more in ("outcome_unknown: true\n", "resolved: {words: 早就办好了}\n"):
        one = record("case", CASE + "reported: 2026-05-06\ndue: 2026-05-13\n" + more)
        assert told(one) == [("2026-05-06", "began", "", False)] and list(one.promises(LAST)) == []


def test_deadlines_follow_each_other() -> None:
    """Each level's deadline holds until the next level sets its own; a level without one changes nothing."""
    one = record("case", CASE + (
        "reported: 2026-05-01\ndue: 2026-05-08\nladder:\n  - {level: 社区自办, date: 2026-05-01}\n"
        "  - {level: 责任单位承办, date: 2026-05-07, due: 2026-05-20}\n"
        "  - {level: 网格长联办, date: 2026-05-25, due: 2026-06}\n"))
    assert [(p.due, p.replaced) for p in one.promises(LAST)] == [
        ("2026-05-08", "2026-05-07"), ("2026-05-20", "2026-05-25"), ("2026-06-30", "")]


def test_project_closes_with_its_last_milestone() -> None:
    """Milestones are progress, the last of all is the closing; a change of the plan is told with its reason."""
    one = record("project", PLAN + (
        "started: 2026-02\nmilestones:\n  - {name: 完工, planned: 2026-05-01, actual: 2026-06-03}\n"
        "  - {name: 进场, planned: 2026-03-01, actual: 2026-03-02}\n"
        "amendments: [{date: 2026-04-20, milestone: 完工, planned: 2026-06-01, reason: 雨多}]\n"))
    assert told(one) == [("2026-02", "began", "", True), ("2026-03-02", "moved", "进场完成", False),
                         ("2026-04-20", "amended", "完工改到 2026-06-01：雨多", False),
                         ("2026-06-03", "closed", "完工完成", False)]
    assert list(one.promises(LAST)) == [
        Promise("2026-05-01", "2026-04-20", "2026-06-03", "milestones/0", "完工"),
        Promise("2026-06-01", "", "2026-06-03", "milestones/0", "完工"),
        Promise("2026-03-01", "", "2026-03-02", "milestones/1", "进场")]


def test_plan_known_in_part_is_never_open() -> None:
    """Of a plan that the source tells in part nobody can say when it was done."""
    one = record("project", PLAN + "partial_plan: true\nmilestones: [{name: 并网, actual: 2026-10-16}]\n")
    assert told(one) == [("2026-10-16", "began", "", False), ("2026-10-16", "moved", "并网完成", False)]


def test_need_tells_its_steps() -> None:
    """Asked, dispatched, taken, done, confirmed; many needs counted together tell nothing, as a count is no record."""
    steps = ("form: 需求\nasked: 2026-05-01\ndispatched: {date: 2026-05-02}\ntaken: {date: 2026-05-03}\n"
             "due: 2026-05-09\nresolved: 2026-05-08\nconfirmed: 2026-05-10\n")
    one = record("need", PLAN + steps)
    assert told(one) == [("2026-05-01", "began", "", True), ("2026-05-02", "moved", "派单", False),
                         ("2026-05-03", "moved", "接单", False), ("2026-05-08", "closed", "", False),
                         ("2026-05-10", "confirmed", "", False)]
    assert [p.due for p in one.promises(LAST)] == ["2026-05-09"]
    many = record("need", PLAN + steps + "count: 136条\n")
    assert told(many) == [] and list(many.promises(LAST)) == []


def test_agreement_promises_once_or_again_and_again() -> None:
    """A promise of every quarter falls due with each quarter from the signing on, up to today or its end."""
    one = record("agreement", PLAN + (
        "parties: [甲]\nsigned: 2026-01-12\nuntil: 2026-09-30\npledges:\n"
        "  - {text: 开会, every: 每季度, kept: [{date: 2026-05-20}]}\n"
        "  - {text: 修灯, due: 2026-03-01, kept: [{date: 2026-03-12}]}\n"))
    assert [(p.due, p.met, p.words) for p in one.promises(LAST)] == [
        ("2026-06-30", "2026-05-20", "开会"), ("2026-09-30", "", "开会"), ("2026-03-01", "2026-03-12", "修灯")]
    assert [p.due for p in one.promises(date(2026, 6, 15))] == ["2026-06-30", "2026-03-01"]
    assert [w for _, _, w, _ in told(one)] == ["", "兑现：修灯", "兑现：开会"]


def test_agreement_kept_whole_is_closed() -> None:
    """With its last promise kept it is done; one that promises again and again goes on."""
    text = PLAN + ("parties: [甲]\nsigned: 2026-01-12\npledges:\n  - {text: 修灯, kept: [{date: 2026-03-12}]}\n"
                   "  - {text: 划线, kept: [{date: 2026-02-01}]}\n")
    assert [(d, v, o) for d, v, _, o in told(record("agreement", text)) if v != "moved"] == [
        ("2026-01-12", "began", True), ("2026-03-12", "closed", False)]
    assert "closed" not in [v for _, v, _, _ in told(record("agreement", text + "  - {text: 开会, every: 每月}\n"))]


def test_inspection_closes_with_its_last_finding() -> None:
    """Each finding put right is progress, the last one the closing; without the outcome nothing is told of it."""
    text = PLAN + ("date: 2026-05-01\ninspectors: [社区]\nfindings:\n"
                   "  - {what: 堆物, due: 2026-05-08, remedy: {date: 2026-05-09}}\n"
                   "  - {what: 灭火器, due: 2026-05-20}\n")
    assert told(record("inspection", text)) == [
        ("2026-05-01", "began", "", True), ("2026-05-09", "moved", "已整改：堆物", False)]
    whole = record("inspection", text.replace("due: 2026-05-20", "due: 2026-05-20, remedy: {date: 2026-05-12}"))
    assert told(whole)[1:] == [("2026-05-09", "moved", "已整改：堆物", False),
                               ("2026-05-12", "closed", "已整改：灭火器", False)]
    assert [(p.due, p.met) for p in whole.promises(LAST)] == [
        ("2026-05-08", "2026-05-09"), ("2026-05-20", "2026-05-12")]


def test_meeting_promises_what_it_resolved() -> None:
    """A resolution falls due, may be put off with a reason, and is told when it was carried out."""
    one = record("meeting", PLAN + (
        "type: 议事会\ndate: 2026-03-15\nitems:\n  - title: 门禁\n    resolutions:\n"
        "      - {id: a, text: 换门禁, due: 2026-04-30, done: 2026-05-20,\n"
        "         postponed: [{date: 2026-04-20, due: 2026-05-31, reason: 缺货}]}\n"
        "      - {id: b, text: 贴告示}\n"))
    assert told(one) == [("2026-03-15", "began", "", False),
                         ("2026-04-20", "amended", "换门禁，改到 2026-05-31：缺货", False),
                         ("2026-05-20", "moved", "已落实：换门禁", False)]
    assert [(p.due, p.replaced, p.met) for p in one.promises(LAST)] == [
        ("2026-04-30", "2026-04-20", "2026-05-20"), ("2026-05-31", "", "2026-05-20")]


def test_meeting_closes_with_its_last_resolution() -> None:
    """Where each resolution has its deadline or its day, the meeting is being handled until the last is carried out."""
    text = PLAN + ("type: 议事会\ndate: 2026-03-15\nitems:\n  - title: 门禁\n    resolutions:\n"
                   "      - {id: a, text: 换门禁, done: 2026-05-20}\n      - {id: b, text: 贴告示, due: 2026-04-01")
    assert [(d, v, o) for d, v, _, o in told(record("meeting", text + "}\n"))] == [
        ("2026-03-15", "began", True), ("2026-05-20", "moved", False)]
    assert [(d, v) for d, v, _, _ in told(record("meeting", text + ", done: 2026-03-30}\n"))] == [
        ("2026-03-15", "began"), ("2026-03-30", "moved"), ("2026-05-20", "closed")]


def test_most_kinds_tell_nothing() -> None:
    """What must not be spread, such as the entries of lists, tells bulletins nothing at all."""
    one = record("honour", "title: 奖\nsource: press\naward: 奖\nrecipient_words: 某队\nawarded: 2026-03\n")
    assert list(one.events()) == [] and list(one.promises(LAST)) == []
