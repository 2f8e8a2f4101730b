"""The plots of tiny sites, checked by hand: numbers, gaps, real and illustrative apart, data beside each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.records.project import Project
from generator.render.plots import Plot, Table, month_labels, months_until
from generator.render.plots_projects import course_of
from generator.render.plots_results import ticks
from generator.render.view import Views
from tests.render.test_plots_draw import parsed, words
from tests.sites import AS_OF, BASE, build_site, record, scored

CASE = "title: 事\nsource: press\narea: b3\ncategory: 漏水\nreported: {}\n" \
       "ladder:\n  - {{level: {}, date: {}, due: {}}}\n"
LADDER = ("社区自办", "责任单位承办")


def case(reported: str, due: str, resolved: str = "", level: str = LADDER[0], more: str = "") -> str:
    """Return the text of a case."""
    done = f"resolved: {resolved}\n" if resolved else ""
    return CASE.format(reported, level, reported, due) + done + more


CASES = {
    "cases/leak.yml": case("2026-05-06", "2026-05-13", "2026-05-08"),
    "cases/a.yml": case("2026-05-10", "2026-05-20", "2026-05-16", LADDER[1]),
    "cases/b.yml": case("2026-05-11", "2026-05-12", "2026-05-21"),
    "cases/c.yml": case("2026-03-02", "2026-03-20", "2026-03-05"),
    "cases/d.yml": case("2026-06-02", "2026-06-20"),
    "cases/e.yml": case("2026-06-20", "2026-07-10"),
    "cases/old.yml": case("2024-06-20", "2024-07-10", "2024-07-01"),
    "cases/made-up.yml": case("2026-04-20", "2026-05-10", more="illustrative: true\n"),
}
"""By June 30: seven real cases, of which six in the last twelve months, and a made-up one."""


def plots(files: Mapping[str, str], mark: str = "", as_of: date = AS_OF) -> Mapping[str, Plot]:
    """Return the plots of a site by their slug."""
    found = scored(files, as_of)
    assert found.problems == []
    return Views(found.register, found.results, found.schemes, as_of).plots[mark]


def test_cases_by_hand() -> None:
    """Months between the first and now are zero where nothing was reported; the old case is said, not drawn."""
    plot = plots(CASES)["cases"]
    assert plot.table.columns == ("月份", "社区自办", "责任单位承办", "网格长联办", "领导小组交办", "合计")
    rows = {str(row[0]): row[1:] for row in plot.table.rows}
    assert len(rows) == 12
    assert rows["2026年3月"] == (1, 0, 0, 0, 1)
    assert rows["2026年4月"] == (0, 0, 0, 0, 0)
    assert rows["2026年5月"] == (2, 1, 0, 0, 3)
    assert rows["2026年6月（到30日）"] == (2, 0, 0, 0, 2)
    assert plot.finding == "最近 12 个月共 6 件，2026年5月最多，3 件。"
    assert "另有 1 件更早" in plot.about and plot.source == "由 6 条办件算出"


def test_days_by_hand() -> None:
    """Four were closed after 2, 6, 10 and 3 days; too few to be drawn. Of one case in a month no median is told."""
    found = plots(CASES)
    assert dict(found["case-days"].table.rows) == {
        "当天": 0, "1～3 天": 2, "4～7 天": 1, "8～15 天": 1, "16～30 天": 0, "30 天以上": 0}
    assert "一半在 4.5 天以内" in found["case-days"].finding and found["case-days"].parts == ()
    rows = {str(row[0]): row[1:] for row in found["case-median"].table.rows}
    assert [rows["2026年3月"], rows["2026年4月"], rows["2026年5月"]] == [(1, "不足 3 件"), (0, None), (3, 6)]
    assert found["case-median"].parts == ()


def test_late_by_hand() -> None:
    """Counted in the month of the deadline: one of three in May was late, June's open one too; July's is not due."""
    rows = {str(row[0]): row[1:] for row in plots(CASES)["case-late"].table.rows}
    assert [rows["2026年5月"], rows["2026年6月（到30日）"]] == [(3, 1, 33), (1, 1, "不足 3 件")]
    assert plots(CASES)["case-late"].finding == "最近 12 个月到期 5 件，2 件没按期（40%）。"


def test_real_and_illustrative_apart() -> None:
    """A made-up case stands in the made-up plot only, and nowhere in the real ones."""
    found = plots(CASES, ".example")
    assert list(found) == ["cases", "case-late"]
    assert [row[-1] for row in found["cases"].table.rows] == [1, 0, 0]


def test_table_is_what_is_drawn() -> None:
    """The sums written above the columns are the table's, and the file holds the table."""
    plot = plots(CASES)["cases"]
    assert words(plot.parts[0].svg, "sum") == [str(row[-1]) for row in plot.table.rows]
    read = list(csv.reader(io.StringIO(plot.table.csv().decode("utf-8-sig"))))
    assert read == [list(plot.table.columns), *plot.table.shown]


def test_no_formula_in_a_spreadsheet() -> None:
    """A name that begins like a formula is marked as text; a negative number stays a number."""
    data = Table(("时期", "=1+1"), (("+86", -3), ("@", None))).csv()
    assert data == '\ufeff时期,\'=1+1\r\n\'+86,-3\r\n\'@,\r\n'.encode()


def test_months() -> None:
    """Twelve months with the running one, fewer where records begin later; quarters are named, January is the year."""
    months = months_until(date(2026, 2, 28), "2020-01")
    assert (months[0], months[-1], len(months)) == ("2025-03", "2026-02", 12)
    assert months_until(date(2026, 2, 28), "2026-01") == ["2026-01", "2026-02"]
    assert months_until(date(2026, 2, 28), "2027-01") == []
    assert month_labels(months) == ["", "4月", "", "", "7月", "", "", "10月", "", "", "2026年", ""]
    assert month_labels(["2026-05", "2026-06"]) == ["5月", "6月"]


@pytest.mark.parametrize("last", [date(2026, 3, 1), date(2026, 12, 31), date(2029, 5, 5), date(2049, 1, 1)])
def test_ticks_are_few(last: date) -> None:
    """However long an axis of days is, it has two to six words, each at the beginning of a month."""
    found = ticks(date(2026, 1, 1), last)
    assert 2 <= len(found) <= 6 and all(date.fromordinal(day).day == 1 for _, day in found)


PLAN = """\
title: 外墙翻新
source: press
area: estate
milestones:
  - {name: 公示, planned: 2026-02-10, actual: 2026-02-08}
  - {name: 进场, planned: 2026-03-10, actual: 2026-04-06}
  - {name: 验收, planned: 2026-06-20}
  - {name: 移交, planned: 2026-06-25, actual: {words: 上月}}
  - {name: 回访, planned: 2026-09}
"""


def test_plan_by_hand() -> None:
    """Milestones add up by month until the last full one; who was done nobody knows when counts nowhere."""
    plot = plots({"projects/wall.yml": PLAN.replace(": 2026-06-20", ": 2026-05-20")})["plan"]
    assert plot.table.rows == (("2026年2月", 1, 1), ("2026年3月", 2, 1), ("2026年4月", 2, 2), ("2026年5月", 3, 2))
    assert plot.source == "由 4 个节点算出"
    assert words(plot.parts[0].svg, "plan") + words(plot.parts[0].svg, "done") == ["计划 3", "实际 2"]


def test_project_course() -> None:
    """A project that fell behind is drawn by its first plan; one that kept its days, or has few, is not."""
    late = record("project", PLAN)
    assert isinstance(late, Project)
    drawn = course_of(late, AS_OF)
    assert drawn is not None
    assert drawn.said == "有计划日期的 4 个节点，1 个晚于最初的计划完成，2 个过了计划的日子还没完成。"
    assert len(list(parsed(drawn.svg).iter("circle"))) == 6
    kept = record("project", PLAN.replace("2026-04-06", "2026-03-10"))
    assert isinstance(kept, Project) and course_of(kept, date(2026, 6, 1)) is None


FUND = """\
title: 3栋公共经费账
source: press
area: b3
opening: {date: 2026-03-15, amount: "100.00"}
entries:
  - {date: 2026-03-20, flow: 收入, item: 公共经费, amount: "50.50", receipt: S-1}
  - {date: 2026-05-03, flow: 支出, item: 照明, amount: "120.00", receipt: Z-1}
  - {date: 2026-08-03, flow: 支出, item: 照明, amount: "1.00", receipt: Z-2}
"""


def test_fund_by_hand() -> None:
    """A month without movement keeps its balance; what lies ahead is not told."""
    plot = plots({"funds/b3.yml": FUND})["fund-b3"]
    assert plot.table.shown == [["2026年3月", "150.50"], ["2026年4月", "150.50"], ["2026年5月", "30.50"],
                                ["2026年6月（到30日）", "30.50"]]
    assert plot.source == "由期初和 2 笔收支算出"
    assert "fund-b3" not in plots({"funds/b3.yml": FUND[:FUND.index("opening")]})


RANKED = """\
title: 按时办结榜
source: press
form: leaderboard
subject: organisation
rule: 办得越多越靠前。
period: month
minimum: 2
measures:
  - {label: 办结, over: case, subject: responsible, take: count, date: reported}
"""


def ranked(team: str, month: str, times: int) -> dict[str, str]:
    """Return so many cases of a team in a month."""
    return {f"cases/{team}-{month}-{at}.yml": case(f"2026-{month}-0{at + 1}", f"2026-{month}-20",
                                                   f"2026-{month}-0{at + 1}", more=f"responsible: {team}\n")
            for at in range(times)}


def test_ranks_by_hand() -> None:
    """Teams change places over three months; one below the smallest sample has a gap, and its reason in the table."""
    other = BASE["organisations/team.yml"].replace("清水志愿队", "乙队")
    held = (("team", "04", 3), ("other", "04", 2), ("team", "05", 2), ("other", "05", 1), ("team", "06", 2),
            ("other", "06", 3))
    cases = {path: text for one in held for path, text in ranked(*one).items()}
    plot = plots({"schemes/r.yml": RANKED, "organisations/other.yml": other, **cases})["ranks-r"]
    assert plot.table.columns == ("时期", "乙队", "清水志愿队")
    assert [row[1:] for row in plot.table.rows] == [(2, 1), ("样本不足", 1), (1, 2)]
    assert len(list(parsed(plot.parts[0].svg).iter("circle"))) == 5


STARS = {
    "schemes/stars.yml": (
        "title: 房屋星级办法\nsource: press\nform: stars\nsubject: area\nrule: 按得分评星。\nonly: {level: 楼栋}\n"
        "valid_months: 2\ncriteria:\n  - {id: fire, label: 消防, max: 100}\n"
        "bands:\n  - {floor: 0, word: 不合格, failing: true}\n  - {floor: 60, word: 三星, stars: 3}\n"
        "  - {floor: 90, word: 五星, stars: 5}\n"),
    "areas/b4.yml": BASE["areas/b3.yml"].replace("3栋", "4栋"),
    "areas/b5.yml": BASE["areas/b3.yml"].replace("3栋", "5栋"),
    "assessments/one.yml": "title: 评\nsource: press\nscheme: stars\nsubject: area/b3\ndate: 2026-03-10\nassessor: 组\n"
                           "scores:\n  - {criterion: fire, points: 95}\n",
    "assessments/two.yml": "title: 评\nsource: press\nscheme: stars\nsubject: area/b4\ndate: 2026-06-10\nassessor: 组\n"
                           "scores:\n  - {criterion: fire, points: 70}\n",
}


def test_stars_by_hand() -> None:
    """Stars count from the assessment until they lapse; whoever has none is counted as having none."""
    plot = plots(STARS)["stars-stars"]
    assert plot.table.columns == ("月末", "五星", "三星", "没有有效的星级")
    assert [row[1:] for row in plot.table.rows] == [(1, 0, 2), (1, 0, 2), (0, 0, 3), (0, 1, 2)]


def test_pages_and_files(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """The page shows each plot with its table and its file; the made-up one says so; the case list folds one away."""
    root = build_site(make_site(CASES), tmp_path / "out")
    real, made_up = ((root / "plots" / f"index{mark}.html").read_text("utf-8") for mark in ("", ".example"))
    assert "不是真实的人或事" in made_up and "不是真实的人或事" not in real
    for page in (real, made_up):
        for href in re.findall(r'href="\.\./(plots/[^"]+\.csv)"', page):
            assert (root / href).read_bytes().startswith(b"\xef\xbb\xbf")
    assert real.count('<figure class="gs-plot') == 4 and made_up.count('<figure class="gs-plot') == 2
    assert 'id="cases"' in (root / "cases" / "index.html").read_text("utf-8")
    assert 'id="cases"' not in (root / "cases" / "index.oldest.html").read_text("utf-8")
    assert " style=" not in real and "记录太少" in real


def test_nothing_to_plot(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """A site without anything to plot has a page that says so, and no page for what is made up."""
    files = {path: text for path, text in BASE.items() if not path.startswith("cases")}
    root = build_site(make_site(files, base=False), tmp_path / "out")
    assert "没有可画的图" in (root / "plots" / "index.html").read_text("utf-8")
    assert not (root / "plots" / "index.example.html").exists()
