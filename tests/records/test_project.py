"""Projects: progress by weight of milestones, plans that change openly, money in fen."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from generator.records.forms import Money
from generator.records.project import Project
from tests.sites import AS_OF, faults, record

HEAD = "title: 加装电梯\nsource: press\n"
PLAN = ("milestones:\n  - {name: 方案, planned: 2026-02-01, actual: 2026-02-03}\n"
        "  - {name: 施工, planned: 2026-05-31, weight: 3}\n  - {name: 验收, planned: 2026-09-30}\n")


def project(text: str) -> Project:
    """Return a project with these lines."""
    return record("project", HEAD + text)


@pytest.mark.parametrize(("text", "share"), [
    ("", None), (PLAN, Fraction(1, 5)), (PLAN.replace("weight: 3", "weight: 3, actual: 2026-06-01"), Fraction(4, 5)),
    (PLAN.replace("weight: 3", "weight: 3, actual: 2026-07-01"), Fraction(1, 5)),
    (PLAN.replace("weight: 3", "weight: 3, actual: {words: 已完工}"), Fraction(4, 5)),
    (PLAN.replace(", actual: 2026-02-03", ""), Fraction(0))])
def test_progress_is_the_weight_of_what_is_met(text: str, share: Fraction | None) -> None:
    """Progress is exact, by weight, and knows only what was met by the day of the site; none without milestones."""
    assert project(text).progress(AS_OF) == share


@pytest.mark.parametrize(("text", "status"), [
    ("", None), ("state: 办理中\n", "办理中"), (PLAN, "办理中"), (PLAN.replace(", actual: 2026-02-03", ""), "未开始"),
    ("milestones: [{name: 方案, actual: 2026-02-03}]\n", "已办结"),
    ("milestones: [{name: 方案, actual: 2026-02-03}]\nconfirmed: 2026-03-01\n", "已确认"),
    ("state: 已办结\nconfirmed: 2026-03-01\n", "已确认"),
    (PLAN + "withdrawn: {date: 2026-03-01, reason: 取消}\n", "已撤回")])
def test_status_follows_from_milestones(text: str, status: str | None) -> None:
    """With milestones the status is computed; without them it is what the source states, or nothing."""
    assert project(text).status(AS_OF) == status


def test_most_delayed_milestone_gives_the_days() -> None:
    """Overdue is how far the most delayed open milestone lies behind its plan."""
    assert project(PLAN).overdue_days(AS_OF) == 30
    assert project(PLAN).overdue_days(date(2026, 10, 10)) == 132
    assert project(PLAN).overdue_days(date(2026, 5, 31)) == 0


def test_amendment_moves_the_due_date_and_keeps_the_plan() -> None:
    """A changed plan counts from then on, the latest change wins, and the first plan stays as it was."""
    changed = project(PLAN + "amendments:\n"
                      "  - {date: 2026-06-10, milestone: 施工, planned: 2026-06-25, reason: 再改}\n"
                      "  - {date: 2026-05-20, milestone: 施工, planned: 2026-06-20, reason: 连日下雨}\n")
    assert str(changed.due_dates()["施工"]) == "2026-06-25"
    assert changed.overdue_days(AS_OF) == 5
    assert str(changed.milestones[1].planned) == "2026-05-31"
    assert changed.progress(AS_OF) == project(PLAN).progress(AS_OF)


@pytest.mark.parametrize(("text", "codes"), [
    (PLAN + "state: 办理中\n", ["state-beside-milestones"]),
    (PLAN + "amendments: [{date: 2026-05-20, milestone: 完工, planned: 2026-06-20, reason: 雨}]\n",
     ["unknown-milestone"]),
    (PLAN + "amendments: [{date: 2026-05-20, milestone: 施工, planned: 2026-06-20}]\n", ["missing-key"])])
def test_plan_can_not_contradict_itself(text: str, codes: list[str]) -> None:
    """Progress is told in one way, and a change names its milestone and its reason."""
    assert faults("project", HEAD + text) == codes


def test_payments_are_summed_in_fen() -> None:
    """Money is exact: a third of a yuan more or less never appears."""
    pay = "payments:\n" + "".join(
        f'  - {{date: 2026-0{i}-01, amount: "0.10", to: 甲, purpose: 乙}}\n' for i in (1, 2, 3))
    assert project(pay).paid() == Money(30) and project(pay).paid().yuan == "0.30"
    assert project("").paid() == Money(0)


@pytest.mark.parametrize(("text", "step"), [
    ("", None), (PLAN, "施工（2026-05-31）"),
    (PLAN.replace(", weight: 3", ", actual: 2026-06-01"), "验收（2026-09-30）"),
    (PLAN.replace("planned: 2026-05-31, ", ""), "施工"), (PLAN + "state: 已办结\npartial_plan: true\n", None),
    (PLAN + "amendments: [{date: 2026-05-01, milestone: 施工, planned: 2026-08-01, reason: 雨}]\n",
     "施工（2026-08-01）")])
def test_next_step_is_the_first_not_met_with_its_date_in_force(text: str, step: str | None) -> None:
    """What comes next is told with the date it is now due by; nothing for works that are done or without milestones."""
    assert project(text).next_step(AS_OF) == step


def test_amended_deadline_does_not_hide_the_slip() -> None:
    """In time by the amended plan is still late by the first one, met or not."""
    later = "amendments: [{date: 2026-05-01, milestone: 施工, planned: 2026-08-31, reason: 雨}]\n"
    one = project(PLAN + later)
    works = one.milestones[1]
    assert (one.overdue_days(AS_OF), one.slipped(works, AS_OF)) == (0, 92)
    met = project(PLAN.replace("weight: 3", "weight: 3, actual: 2026-06-20") + later)
    assert (met.course(AS_OF)[1][2], met.slipped(met.milestones[1], AS_OF)) == (0, 20)
    assert one.slipped(one.milestones[2], AS_OF) == 0


@pytest.mark.parametrize(("text", "share"), [
    (PLAN, Fraction(4, 5)), (PLAN.replace("2026-05-31", "2026-07-01"), Fraction(1, 5)),
    (PLAN.replace("planned: 2026-05-31, ", ""), None), (PLAN + "partial_plan: true\n", None), ("", None),
    (PLAN + "amendments: [{date: 2026-05-20, milestone: 施工, planned: 2026-08-20, reason: 雨}]\n", Fraction(4, 5))])
def test_what_the_first_plan_had_met_by_today(text: str, share: Fraction | None) -> None:
    """A later change of the plan doesn't make the delay smaller; without a date for every milestone nothing is said."""
    assert project(text).planned_share(AS_OF) == share
