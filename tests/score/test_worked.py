"""Every shipped scheme, worked by hand: its own file, a few invented records, the arithmetic, and what the site says.

One small site is built on 22 November 2026 with the schemes of `content/schemes/demo` as they stand; what is expected
is computed in the docstrings, step by step, and compared with the published data.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.sites import ROOT, build_site, write_site

SHIPPED = ROOT / "content/schemes/demo"
AS_OF = date(2026, 11, 22)
SCHEMES = ("house-stars", "branch-stars", "volunteer-points", "volunteer-points-2", "volunteer-tiers", "team-points",
           "case-board", "case-progress", "project-board", "house-list")


def made_up(title: str, *lines: str) -> str:
    """Return an illustrative record."""
    return "\n".join([f"title: {title}", "source: illustration", "illustrative: true", *lines, ""])


def place(level: str, above: str = "") -> str:
    """Return a place inside another."""
    return made_up("某处", f"level: {level}", *([f"area: {above}"] if above else []))


def assessed(scheme: str, subject: str, day: str, **points: int) -> str:
    """Return an assessment."""
    scores = ", ".join(f"{{criterion: {name}, points: {n}}}" for name, n in points.items())
    return made_up("评定", f"scheme: {scheme}", f"subject: {subject}", f"date: {day}", "assessor: 评定小组",
                   f"scores: [{scores}]")


def served(day: str, **hours: float) -> str:
    """Return an activity with its attendance."""
    rows = ", ".join(f"{{volunteer: {id}, hours: {n}}}" for id, n in hours.items())
    return made_up("清扫", f"date: {day}", f"attendance: [{rows}]")


def volunteer(team: str, *services: tuple[str, float]) -> str:
    """Return a volunteer of a team with services outside activities."""
    rows = ", ".join(f"{{date: {day}, item: 巡楼, hours: {hours}}}" for day, hours in services)
    return made_up("某某", f"team: {team}", f"services: [{rows}]")


def case(area: str, reported: str, due: str, resolved: str = "", confirmed: str = "") -> str:
    """Return a case with its deadline."""
    more = [f"{name}: {day}" for name, day in (("resolved", resolved), ("confirmed", confirmed)) if day]
    return made_up("办件", f"area: {area}", "category: 漏水", f"reported: {reported}", f"due: {due}", *more)


def project(done: int, left: int, *lines: str, weight: int = 1) -> str:
    """Return a project with so many milestones met and to come; weight: that of the first."""
    rows = [f"{{name: 节点{i}{', actual: 2026-05-01' if i < done else ''}{f', weight: {weight}' if not i else ''}}}"
            for i in range(done + left)]
    return made_up("改造", "started: 2026-02-01", f"milestones: [{', '.join(rows)}]", *lines)


def listing(colour: str, subject: str, entered: str, expires: str, *lines: str) -> str:
    """Return a red or black entry."""
    return made_up("列榜", "scheme: house-list", f"colour: {colour}", f"subject: {subject}", f"entered: {entered}",
                   "facts: 事由", "basis: 办法", "evidence: [照片]", "proposed_by: 评定小组", "decided_by: 复核组",
                   "notified: 2026-04-01", "reply_channel: 社区大厅", f"expires: {expires}", *lines)


FILES = {
    "documents/illustration.yml": made_up("说明", "type: 说明"),
    **{f"schemes/{id}.yml": (SHIPPED / f"{id}.yml").read_text(encoding="utf-8") for id in SCHEMES},
    # places
    "areas/demo-street.yml": place("镇街"), "areas/c1.yml": place("社区", "demo-street"),
    "areas/c2.yml": place("社区", "demo-street"), "areas/c3.yml": place("社区", "demo-street"),
    "areas/elsewhere.yml": place("社区"), "areas/e1.yml": place("小区", "c1"),
    **{f"areas/{id}.yml": place("房屋", "c1") for id in (
        "h1", "h2", "h3", "h4", "h5", "demo-house-28", "demo-house-57")},
    # houses and branches, assessed
    "assessments/h1.yml": assessed("house-stars", "area/h1", "2026-03-01", fire=28, register=25, clean=18, upkeep=13,
                                   neighbours=8),
    "assessments/h2.yml": assessed("house-stars", "area/h2", "2026-03-01", fire=24, register=20, clean=15, upkeep=10,
                                   neighbours=6),
    "assessments/h3.yml": assessed("house-stars", "area/h3", "2026-03-01", fire=24, register=20, clean=15, upkeep=10,
                                   neighbours=5),
    "assessments/h4.yml": assessed("house-stars", "area/h4", "2025-11-21", fire=30, register=25, clean=20, upkeep=15,
                                   neighbours=10),
    "organisations/demo-party-street.yml": made_up("街道党工委", "type: 党组织"),
    "organisations/p1.yml": made_up("一支部", "type: 党组织", "parent: demo-party-street"),
    "organisations/p2.yml": made_up("二支部", "type: 党组织", "parent: demo-party-street"),
    "assessments/p1.yml": assessed("branch-stars", "organisation/p1", "2026-04-01", life=20, service=25, open=15,
                                   lead=10, voice=5),
    "assessments/p2.yml": assessed("branch-stars", "organisation/p2", "2026-04-01", life=12, service=15, open=10,
                                   lead=8, voice=4),
    # volunteers
    "organisations/t1.yml": made_up("一队", "type: 志愿队伍"),
    "organisations/t2.yml": made_up("二队", "type: 志愿队伍"),
    "volunteers/va.yml": volunteer("t1", ("2025-10-01", 4), ("2026-03-01", 6), ("2026-04-01", 2.5)),
    "volunteers/vb.yml": volunteer("t1", ("2026-05-01", 1)), "volunteers/vc.yml": volunteer("t2"),
    "activities/a1.yml": served("2025-03-01", va=3, vb=12), "activities/a2.yml": served("2025-09-01", va=2.5),
    "activities/a3.yml": served("2026-02-01", va=2, vc=10.5),
    "redemptions/r-0001.yml": made_up("兑换饭票", "scheme: volunteer-points-2", "volunteer: va", "date: 2026-06-01",
                                      "points: 6", "item: 社区食堂饭票一张"),
    # cases of C1: five of the first quarter, five of the second, one of them in an estate of it
    **{f"cases/j{i}.yml": case("c1", "2026-01-05", "2026-01-16", resolved, confirmed) for i, (resolved, confirmed) in
       enumerate((("2026-01-15", "2026-01-16"), ("2026-01-15", ""), ("2026-01-20", ""), ("2026-01-25", ""),
                  ("2026-01-25", "")))},
    "cases/k1.yml": case("c1", "2026-04-01", "2026-04-08", "2026-04-04", "2026-04-05"),
    "cases/k2.yml": case("c1", "2026-04-02", "2026-04-09", "2026-04-08", "2026-04-09"),
    "cases/k3.yml": case("c1", "2026-04-10", "2026-04-17", "2026-04-20", "2026-04-21"),
    "cases/k4.yml": case("c1", "2026-05-01", "2026-05-08", "2026-05-05"),
    "cases/k5.yml": case("e1", "2026-05-02", "2026-05-09", "2026-05-07", "2026-05-08"),
    # cases of C2, one never closed, one that was due in the first quarter
    "cases/m1.yml": case("c2", "2026-04-01", "2026-04-05", "2026-04-01", "2026-04-02"),
    "cases/m2.yml": case("c2", "2026-04-01", "2026-04-05", "2026-04-03", "2026-04-04"),
    "cases/m3.yml": case("c2", "2026-04-01", "2026-04-05", "2026-04-05"),
    "cases/m4.yml": case("c2", "2026-04-01", "2026-04-06", "2026-04-07"),
    "cases/m5.yml": case("c2", "2026-04-01", "2026-06-30"),
    "cases/m6.yml": case("c2", "2026-03-01", "2026-03-20", "2026-04-10", "2026-04-11"),
    # too few of C3; the street's own and another town's count for nobody here
    **{f"cases/n{i}.yml": case("c3", "2026-04-01", "2026-04-08", "2026-04-02", "2026-04-03") for i in range(4)},
    "cases/street.yml": case("demo-street", "2026-04-01", "2026-04-08", "2026-04-02"),
    "cases/elsewhere.yml": case("elsewhere", "2026-04-01", "2026-04-08", "2026-04-02"),
    # projects
    "projects/a.yml": project(3, 1), "projects/b.yml": project(1, 2, weight=2), "projects/c.yml": project(3, 0),
    "projects/d.yml": project(1, 1, "partial_plan: true"), "projects/e.yml": project(0, 2),
    "projects/f.yml": project(3, 1), "projects/g.yml": project(1, 2),
    # listings
    "listings/l-0001.yml": listing("黑榜", "area/h3", "2026-06-01", "2026-12-01", (
        "rectification: {what: 已清, date: 2026-11-08, evidence: [照片], verified: 2026-11-10, verified_by: 网格员, "
        "leaves: 2026-11-24}")),
    "listings/l-0002.yml": listing("红榜", "area/h1", "2026-05-01", "2027-05-01"),
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    root = tmp_path_factory.mktemp("worked")
    return build_site(write_site(root, FILES), root / "site", AS_OF)


def rows(release: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of one outcome, as published."""
    found: list[dict[str, Any]] = json.loads((release / f"{name}.example.json").read_bytes())["rows"]
    return found


def results(release: Path, name: str) -> list[tuple[Any, ...]]:
    """Return (subject, rank, value, outcome) of every row, in their order."""
    return [(r["subject"].partition("/")[2], r["rank"], r["value"], r["outcome"]) for r in rows(release, name)]


def measures(release: Path, name: str, subject: str) -> list[tuple[Any, ...]]:
    """Return (measure, how many records, value, points) of one row."""
    row = next(r for r in rows(release, name) if r["subject"].endswith(f"/{subject}"))
    return [(m["measure"], m["count"], m["value"], m["points"]) for m in row["measures"]]


def words(release: Path, path: str) -> str:
    """Return the words of a page, without its tags."""
    return " ".join(re.sub("<[^>]+>", " ", (release / path).read_text(encoding="utf-8")).split())


def test_every_shipped_scheme_is_worked_here() -> None:
    """A scheme that is added to the demo town needs an example here; a mechanism in words has nothing to compute."""
    shipped = {p.stem for p in SHIPPED.glob("*.yml") if "form: mechanism" not in p.read_text(encoding="utf-8")}
    assert shipped == set(SCHEMES)


def test_house_stars(release: Path) -> None:
    """房东房屋星级: five criteria of 30 + 25 + 20 + 15 + 10 = 100 points; 90, 75 and 60 are five, four and three stars.

    H1: 28 + 25 + 18 + 13 + 8 = 92, at least 90: five stars.
    H2: 24 + 20 + 15 + 10 + 6 = 75, exactly the floor: four stars.
    H3: 24 + 20 + 15 + 10 + 5 = 74, one below: three stars, 1 point short of four; fire has 30 - 24 = 6 left.
    H4: full marks on 2025-11-21, valid 12 months, to 2026-11-21: on 2026-11-22 lapsed. H5: never assessed.
    Houses 28 and 57 are exempt. Nobody of these is at zero.
    """
    assert results(release, "stars/house-stars") == [
        ("h1", None, 92, "五星·优秀"), ("h2", None, 75, "四星·良好"), ("h3", None, 74, "三星·合格"),
        ("demo-house-28", None, None, "免评"), ("demo-house-57", None, None, "免评"), ("h4", None, None, "待评定"),
        ("h5", None, None, "未评定")]
    assert [(r["stars"]) for r in rows(release, "stars/house-stars")] == [5, 4, 3, None, None, None, None]
    assert measures(release, "stars/house-stars", "h3") == [
        ("消防安全", 1, 24, 24), ("租户登记", 1, 20, 20), ("环境卫生", 1, 15, 15), ("设施维护", 1, 10, 10),
        ("邻里关系", 1, 5, 5)]
    assert "消防安全还能加 6 分" in words(release, "areas/h3.html")


def test_branch_stars(release: Path) -> None:
    """小区党支部星级: 25 + 30 + 20 + 15 + 10 = 100; 50, 60, 75 and 90 begin two, three, four and five stars.

    P1: 20 + 25 + 15 + 10 + 5 = 75: four stars. P2: 12 + 15 + 10 + 8 + 4 = 49: one star, 1 point short of two.
    The street's own committee is above the branches, belongs to none, and is not rated.
    """
    assert [(r["subject"], r["value"], r["stars"]) for r in rows(release, "stars/branch-stars")] == [
        ("organisation/p1", 75, 4), ("organisation/p2", 49, 1)]
    assert [r["outcome"] for r in rows(release, "stars/branch-stars")] == ["四星·良好", "一星·起步"]


def test_volunteer_points_of_2025(release: Path) -> None:
    """志愿服务积分榜, version 1: hours at activities, 1 point each; services on a post do not count yet.

    VA: 3 + 2.5 = 5.5 (the 4 hours of patrol on 2025-10-01 are not in version 1): below 10, 年度参与.
    VB: 12: from 10 on, 年度热心, first. VC did nothing in 2025 and is not on the board.
    """
    assert results(release, "boards/volunteer-points.2025") == [
        ("vb", 1, 12, "年度热心"), ("va", 2, 5.5, "年度参与")]
    assert measures(release, "boards/volunteer-points.2025", "va") == [("活动服务", 2, 5.5, 5.5)]


def test_volunteer_points_of_2026(release: Path) -> None:
    """Version 2, from 2026-01-01: activities and services, 1 point an hour.

    VA: 2 at an activity, 6 + 2.5 = 8.5 on patrol: 10.5. VC: 10.5 at the activity, no service: 10.5, equal, both first.
    VB: 1 on patrol: third, the second place is passed over. 2025 was ranked under version 1: no movement is told.
    """
    board = "boards/volunteer-points.2026"
    assert results(release, board) == [
        ("va", 1, 10.5, "年度热心"), ("vc", 1, 10.5, "年度热心"), ("vb", 3, 1, "年度参与")]
    assert [r["before"] for r in rows(release, board)] == [None, None, None]
    assert measures(release, board, "va") == [("活动服务", 1, 2, 2), ("日常服务", 2, 8.5, 8.5)]
    assert json.loads((release / f"{board}.example.json").read_bytes())["scheme"] == "volunteer-points-2"


def test_volunteer_account(release: Path) -> None:
    """VA's account: 5.5 of 2025 under version 1, 10.5 of 2026 under version 2, together 16; 6 spent, 10 left.

    The team's account: VA 16 and VB 12 + 1 = 13, together 29; 6 spent, 23 left.
    """
    for path, figures in (("volunteers/va.html", ["10", "16", "6"]), ("organisations/t1.html", ["23", "29", "6"])):
        account = words(release, path).partition("积分余额")[2]
        assert re.findall(r"([\d.]+) 分", account)[:3] == figures, account[:200]


def test_volunteer_tiers(release: Path) -> None:
    """星级志愿者: all hours from the beginning; 20 are one star, 50 two.

    VA: activities 3 + 2.5 + 2 = 7.5, services 4 + 6 + 2.5 = 12.5: 20, exactly one star.
    VB: 12 + 1 = 13: no star yet, 7 hours short. VC: 10.5. What was spent takes nothing away.
    """
    assert results(release, "boards/volunteer-tiers") == [
        ("va", 1, 20, "一星志愿者"), ("vb", 2, 13, "参与"), ("vc", 3, 10.5, "参与")]
    assert [r["stars"] for r in rows(release, "boards/volunteer-tiers")] == [1, None, None]
    assert measures(release, "boards/volunteer-tiers", "va") == [("活动服务", 3, 7.5, 7.5), ("日常服务", 3, 12.5, 12.5)]
    assert "再有 7 小时" in words(release, "volunteers/vb.html")


def test_team_points(release: Path) -> None:
    """志愿队伍积分榜: the members' hours at activities, services left out.

    2025: T1 has VA 3 + 2.5 and VB 12: 17.5; T2 nothing. 2026: T2 has VC's 10.5, T1 VA's 2 (VB only patrolled).
    """
    assert results(release, "boards/team-points.2025") == [("t1", 1, 17.5, "")]
    assert results(release, "boards/team-points.2026") == [("t2", 1, 10.5, ""), ("t1", 2, 2, "")]
    assert [r["before"] for r in rows(release, "boards/team-points.2026")] == [None, 1]


def test_case_board(release: Path) -> None:
    """办件处置榜: in time 50 points, median days 20 (0 full, 30 none), confirmed 30; one decimal; at least five cases.

    C1, second quarter. In time: k1, k2, k4, k5, not k3: 4/5 × 50 = 40. Days 3, 6, 10, 4, 5, in order 3 4 5 6 10,
    median 5: (30 - 5)/30 × 20 = 50/3. Confirmed: k1, k2, k3, k5: 4/5 × 30 = 24. 40 + 16.66… + 24 = 80.66…: 80.7.
    (k5 lies in an estate of C1.)
    C2, second quarter. Due in it: m1, m2, m3 in time, m4 a day late, m5 never done: 3/5 × 50 = 30. Resolved in it:
    m1 0, m2 2, m3 4, m4 6, m6 40 days, median 4: 26/30 × 20 = 52/3. Confirmed: m1, m2, m6 of these five: 3/5 × 30 = 18.
    30 + 17.33… + 18 = 65.33…: 65.3. (m6 was due in March: being late counts in the first quarter.)
    C3: four cases, too few. The street's own case, and another town's, count for no community here.

    C1, first quarter. All due on 16 January, reported on the 5th. In time: two of five: 2/5 × 50 = 20. Days 10, 10,
    15, 20, 20, median 15: 15/30 × 20 = 10. Confirmed: 1/5 × 30 = 6. Together 36. C2: m6 alone, too few.
    """
    board = "boards/case-board.2026-Q2"
    assert results(release, board) == [("c1", 1, 80.7, ""), ("c2", 2, 65.3, ""), ("c3", None, None, "样本不足")]
    assert measures(release, board, "c1") == [
        ("按期办结率", 5, 0.8, 40), ("办结用时中位数", 5, 5, "50/3"), ("居民确认率", 5, 0.8, 24)]
    assert measures(release, board, "c2") == [
        ("按期办结率", 5, 0.6, 30), ("办结用时中位数", 5, 4, "52/3"), ("居民确认率", 5, 0.6, 18)]
    first = "boards/case-board.2026-Q1"
    assert results(release, first) == [
        ("c1", 1, 36, ""), ("c2", None, None, "样本不足"), ("c3", None, None, "本期无记录")]
    assert measures(release, first, "c1") == [
        ("按期办结率", 5, 0.4, 20), ("办结用时中位数", 5, 15, 10), ("居民确认率", 5, 0.2, 6)]


def test_case_progress(release: Path) -> None:
    """最有进步榜: this quarter's points less those of the quarter before, both as published.

    C1: 80.7 - 36 = 44.7. C2 had too few in the first quarter: nothing to compare with. C3 has too few now.
    """
    assert results(release, "boards/case-progress.2026-Q2") == [
        ("c1", 1, 44.7, ""), ("c2", None, None, "无上期可比"), ("c3", None, None, "样本不足")]
    assert measures(release, "boards/case-progress.2026-Q2", "c1") == [
        ("2026年第2季度", 1, 80.7, 80.7), ("2026年第1季度", 1, -36, -36)]


def test_project_board(release: Path) -> None:
    """项目进度榜: the share of milestones met (by weight), of 100 points, one decimal.

    C: 3 of 3: 100, first. A and F: 3 of 4: 75, both second. B: weights 2, 1, 1, the first met: 2/4, 50, fourth.
    G: 1 of 3: 33.33…, 33.3, fifth. E: 0 of 2: 0, sixth, for it has indeed not begun. D: the plan is not known whole:
    no share, not on the board.
    """
    assert results(release, "boards/project-board") == [
        ("c", 1, 100, ""), ("a", 2, 75, ""), ("f", 2, 75, ""), ("b", 4, 50, ""), ("g", 5, 33.3, ""), ("e", 6, 0, "")]
    assert measures(release, "boards/project-board", "g") == [("进度", 1, "1/3", "100/3")]


def test_house_list(release: Path) -> None:
    """房东房屋红黑榜: red before black, each to its last day.

    H1, red: entered 2026-05-01, at most 12 months, so 2027-05-01 is allowed. H3, black: would end on 2026-12-01, but
    was put right; verified on 2026-11-10, it leaves 14 days later, on 2026-11-24, so its last day is 2026-11-23,
    tomorrow.
    """
    data = json.loads((release / "boards/house-list.example.json").read_bytes())
    assert [(e["colour"], e["subject"], e["entered"], e["expires"]) for e in data["entries"]] == [
        ("红榜", "area/h1", "2026-05-01", "2027-05-01"), ("黑榜", "area/h3", "2026-06-01", "2026-11-23")]
