"""The pages of bulletins: gaps are visible, every number opens its records, what may not be told is not told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.records import kinds
from generator.records.base import Record
from tests.sites import APPEALED, BASE, RATED, ROOT, build_site, check_site, write_site

Make = Callable[..., Path]
WEEK = ("title: 第19周调度\nsource: press\narea: estate\nseries: 一周一调度\nperiod: 2026-W19\npublished: 2026-05-11\n"
        "comment: 漏水**两天**办好。\n"
        "asks:\n  - {what: 回访, responsible: 居委会, due: 2026-05-20}\n"
        "  - {what: 巡楼, responsible: 物业, due: 2026-07-20}\n")
DAY = date(2026, 6, 2)


def read(release: Path, page: str) -> str:
    """Return a page of the bulletins' folder."""
    return (release / "bulletins" / page).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with bulletins on weeks 19 and 21 of its estate, built in week 23; week 21 says nothing."""
    root = tmp_path_factory.mktemp("bulletins")
    silent = WEEK.replace("2026-W19", "2026-W21").replace("05-11", "05-25").partition("comment")[0]
    return build_site(write_site(root, {**BASE, "bulletins/w19.yml": WEEK, "bulletins/w21.yml": silent}),
                      root / "site", DAY)


def listed(html: str) -> list[tuple[str, str]]:
    """Return (address, mark) of every period on a list of bulletins."""
    rows = html.partition('<ol class="gs-issues">')[2].partition("</ol>")[0].split("<li")[1:]
    return [(row.partition('href="')[2].partition('"')[0],
             next((word for word in ("进行中", "本期没有点评") if word in row), "")) for row in rows]


def test_gaps_are_visible(release: Path) -> None:
    """From the first bulletin to today each week has its line: running, commented, or plainly without a comment."""
    assert listed(read(release, "index.html")) == [
        ("week.2026-W23.in-estate.html", "进行中"), ("week.2026-W22.in-estate.html", "本期没有点评"),
        ("w21.html", "本期没有点评"), ("week.2026-W20.in-estate.html", "本期没有点评"), ("w19.html", "")]
    assert "缺点评 3 期" in read(release, "index.html") and "过完 4 期" in read(release, "index.html")
    assert all("本期没有点评" in read(release, page) for page in ("w21.html", "week.2026-W20.in-estate.html"))
    assert "本期没有点评" not in read(release, "w19.html") + read(release, "week.2026-W23.in-estate.html")


def test_sentence_and_figures_open_their_records(release: Path) -> None:
    """One sentence first; each figure leads to a list on the same page with as many records."""
    html = read(release, "w19.html")
    assert "新增 1 件、办结 1 件。" in html
    figures = re.findall(r'<a href="#(\w+)"><b[^>]*>(\d+)</b>', html)
    assert dict(figures) == {"began": "1", "closed": "1"}
    for anchor, number in figures:
        part = html.partition(f'id="{anchor}"')[2].partition("</section>")[0]
        assert part.count("<li") == int(number) and "../cases/leak.html" in part
    assert html.index("新增 1 件") < html.index("<strong>两天</strong>") < html.index("本期数字")


def test_promise_missed_is_told_in_its_period(release: Path) -> None:
    """What was assigned and not done stands in the week in which it fell due, and is late on its own page."""
    html = read(release, "w21.html")
    assert "到期的 1 项，按时办到 0 项、没办到 1 项" in html and 'id="missed"' in html and "回访" in html
    own = read(release, "w19.html")
    assert own.count("逾期，还没办到") == 1 and own.count("还没到期") == 1


def test_data_beside_each_period(release: Path) -> None:
    """Commented or not, every period has its JSON with figures and keys."""
    data = json.loads((release / "bulletins/w19.json").read_bytes())
    assert data["counts"] == {"began": 1, "closed": 1} and data["area"] == "area/estate"
    assert [(i["what"], i["key"], i["day"], i["title"]) for i in data["items"]] == [
        ("began", "case/leak", "2026-05-06", "楼道漏水"), ("closed", "case/leak", "2026-05-08", "楼道漏水")]
    blank = json.loads((release / "bulletins/week.2026-W22.in-estate.json").read_bytes())
    assert (blank["items"], blank["bulletin"], blank["commented"]) == ([], None, False)


def test_period_that_has_not_begun_has_its_page_only(make_site: Make, tmp_path: Path) -> None:
    """A bulletin prepared ahead shows no figures, and its series has not begun."""
    ahead = WEEK.replace("2026-W19", "2026-W40").replace("2026-05-11", "2026-10-05")
    release = build_site(make_site({"bulletins/w.yml": ahead}), tmp_path / "out", DAY)
    assert all(words not in read(release, "w.html") for words in ("本期数字", "<strong>两天</strong>"))
    assert "gs-issues" not in read(release, "index.html")
    html = read(release, "index.html")
    assert "../bulletins/w.html" in html and "还没有真实简报" not in html


def test_site_without_bulletins_has_an_empty_list(make_site: Make, tmp_path: Path) -> None:
    """A section may lead there; no page of examples is made for nothing."""
    release = build_site(make_site(), tmp_path / "out", DAY)
    assert "还没有真实简报" in read(release, "index.html") and not (release / "bulletins/index.example.html").exists()


MONTH = WEEK.replace("一周一调度", "一月一点评").replace("2026-W19", "2026-04").partition("asks")[0]
BETTER = RATED["assessments/b3-2026.yml"].replace("points: 50", "points: 60").replace("2026-04-01", "2026-04-20")


def test_expired_star_is_told_no_longer(make_site: Make, tmp_path: Path) -> None:
    """A star by an assessment that has ended is neither on the page nor in the data; the page knew when."""
    files = {**RATED, "bulletins/m.yml": MONTH, "assessments/next.yml": BETTER + "expires: 2026-06-10\n"}
    for day, there in ((date(2026, 6, 10), True), (date(2026, 6, 11), False)):
        release = build_site(make_site(files), tmp_path / f"out{there}", day)
        html, data = read(release, "m.html"), json.loads((release / "bulletins/m.json").read_bytes())
        assert ("五星" in html, 'data-expires="2026-06-10"' in html) == (there, there)
        assert [i["after"] for i in data["items"] if i["what"] == "rated"] == (["三星", "五星"] if there else ["三星"])


def test_failing_star_is_nowhere(make_site: Make, tmp_path: Path) -> None:
    """A failing rating, and what an appeal is against, stand on no bulletin."""
    failing = BETTER.replace("points: 60", "points: 5") + (
        "basis: 办法\nevidence: [照片]\nnotified: 2026-04-21\nreply_channel: 大厅\ndecided_by: 街道办\n"
        "expires: 2026-12-31\n")
    release = build_site(make_site({**RATED, **APPEALED, "bulletins/m.yml": MONTH, "assessments/next.yml": failing}),
                         tmp_path / "out", DAY)
    assert "不合格</td>" not in read(release, "m.html")
    data = json.loads((release / "bulletins/m.json").read_bytes())
    assert [i["after"] for i in data["items"] if i["what"] == "rated"] == ["三星"]


# ── the demo town ──


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site."""
    return build_site(ROOT / "site_config.yml", tmp_path_factory.mktemp("town"), date(2026, 11, 22))


def test_town_shows_two_gaps_and_two_frozen(town: Path) -> None:
    """Of the illustrative weeks two lack their comment; a week and a half-month are frozen; none is real."""
    weeks = listed(read(town, "week.in-demo-street.example.html"))
    assert [mark for _, mark in weeks] == ["进行中", "", "本期没有点评", "", "本期没有点评", "", "", ""]
    assert read(town, "index.example.html").count("已定稿") == 2
    assert "gs-issues" not in read(town, "index.html")


def test_town_tells_what_freezing_kept(town: Path) -> None:
    """Week 40 was frozen when a board said less than today: both ranks stand on its page."""
    html = read(town, "demo-2026-w40.html")
    assert "名次由第 1 名到第 2 名" in html and "今天重算名次由第 1 名到第 3 名" in html


def test_town_tells_today_as_its_pages_do() -> None:
    """What the running week says is open or late is what every record's own page says, of whatever kind it is."""
    content = check_site(ROOT / "site_config.yml", date(2026, 11, 22))
    [week] = [e for e in content.results.editions if e.running and e.kind == "week"]
    telling = {kind for kind, model in kinds().items() if model.events is not Record.events}
    going = [r for r in content.register.rows.values() if r.kind in telling and r.illustrative and r.dated
             and r.status in ("未开始", "办理中") and r.area
             and "demo-street" in (r.area, *content.register.above[r.area])]
    assert {i.key for i in week.of("open")} == {r.key for r in going}
    assert {i.key for i in week.of("late")} == {r.key for r in going if r.overdue}
    assert len({r.kind for r in going}) > 3
