"""Public notices on the site: what is open, until when, and what a year without a calendar changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from tests.render.test_disclosure import words
from tests.sites import build_site, problems

NOTICE = ("title: {title}\nsource: press\narea: estate\nbasis: 规则\ntext: 每月100元。\nchannel: 大厅\nissuer: 业委会\n"
          "since: {since}\nworking_days: 5\n")
TOLD = "outcome: {date: 2026-06-10, objections: 2, decision: 采纳一条。}\n"
SITE = {
    "announcements/open.yml": NOTICE.format(title="停车费", since="2026-06-26"),
    "announcements/over.yml": NOTICE.format(title="车棚", since="2026-06-01"),
    "announcements/told.yml": NOTICE.format(title="路灯", since="2026-06-01") + TOLD,
    "announcements/made.yml": NOTICE.format(title="示例菜价", since="2026-06-26") + "illustrative: true\n"}


def test_open_notices_have_their_last_day(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Only what is open stands on the page of open notices, with its end and the working days left."""
    build_site(make_site(SITE), tmp_path / "out")
    text = words(tmp_path / "out/current/announcements/open.now.html")
    assert "停车费" in text and "还有 4 个工作日" in text and "2026-07-03" in text
    assert "车棚" not in text and "路灯" not in text and "示例菜价" not in text
    assert "示例菜价" in words(tmp_path / "out/current/announcements/open.now.example.html")


def test_notice_stays_readable_with_its_outcome(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """After its end a notice tells objections and decision, or that nothing has been published."""
    build_site(make_site(SITE), tmp_path / "out")
    current = tmp_path / "out/current/announcements"
    assert "收到异议 2 条" in words(current / "told.html") and "采纳一条" in words(current / "told.html")
    assert "公示期已满" in words(current / "over.html") and "结果还没有公布" in words(current / "over.html")


def test_page_carries_the_days_for_the_browser(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """The working days ahead stand in the page, so that a reader's browser can count them on a later day."""
    build_site(make_site(SITE), tmp_path / "out")
    html = (tmp_path / "out/current/announcements/open.html").read_text(encoding="utf-8")
    assert 'data-workdays="2026-06-30 2026-07-01 2026-07-02 2026-07-03"' in html


def test_missing_year_is_provisional_and_no_problem(make_site: Callable[..., Path], run: Callable[..., Result],
                                                    tmp_path: Path) -> None:
    """A notice into a year without calendar ends 暂定, which `check` mentions; the year's own record settles it."""
    late = {"announcements/late.yml": NOTICE.format(title="目录", since="2098-12-29")}
    config = make_site(late)
    assert problems(config) == []
    checked = run("check", "--config", str(config))
    assert checked.exit_code == 0 and "公示到 2099-01-05 是暂定的" in checked.output
    build_site(config, tmp_path / "out")
    assert "暂定" in words(tmp_path / "out/current/announcements/late.html")
    year = "title: {year}年放假\nsource: press\nyear: {year}\noff: [{off}]\n"
    years = {"holidays/y2098.yml": year.format(year=2098, off="2098-12-31"),
             "holidays/y2099.yml": year.format(year=2099, off="2099-01-01, 2099-01-02")}
    build_site(make_site({**late, **years}), tmp_path / "own")
    for path, told in (("out", "2099-01-05（暂定）"), ("own", "2099-01-08")):
        text = words(tmp_path / path / "current/announcements/index.html")
        assert told in text.replace(" （", "（") and ("暂定" in text) == (path == "out")
    assert "暂定" not in words(tmp_path / "own/current/announcements/late.html")


def test_made_up_calendar_changes_nothing_real(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """An illustrative year moves no end of a notice."""
    made = "title: 放假\nsource: press\nyear: 2026\noff: [2026-06-29, 2026-06-30, 2026-07-01]\nillustrative: true\n"
    build_site(make_site({**SITE, "holidays/made.yml": made}), tmp_path / "out")
    assert "2026-07-03" in words(tmp_path / "out/current/announcements/open.html")


def test_honour_under_notice_counts_the_same(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """An honour's public notice has the same end and the same countdown."""
    honour = ("title: 好队伍\nsource: press\nrecipient: organisation/team\naward: 好队伍\n"
              "notice: {since: 2026-06-26, working_days: 5, channel: 大厅}\n")
    build_site(make_site({"honours/a.yml": honour}), tmp_path / "out")
    for page in ("honours/a.html", "announcements/open.now.html"):
        text = words(tmp_path / "out/current" / page)
        assert "还有 4 个工作日" in text and "2026-07-03" in text


def test_home_page_names_what_is_open(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """The home page tells the real notices that are open, with the days left; not what is over, decided or made up."""
    build_site(make_site(SITE), tmp_path / "out")
    text = words(tmp_path / "out/current/index.html").partition("正在公示")[2].partition("最近的记录")[0]
    assert "停车费" in text and "还有 4 个工作日" in text
    assert "车棚" not in text and "路灯" not in text and "示例菜价" not in text
