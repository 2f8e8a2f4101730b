"""The disclosure catalogue: published, late, missing and not yet due, told from the records there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from tests.sites import RATED, build_site, frozen, problems, scored

DUTY = ("title: 收支公开\nsource: press\narea: estate\nwhat: 账。\nby: team\nbasis: 办法\nevery: 每月\n"
        "within_days: 10\nsince: 2026-02\n")
LISTED = ("published:\n  - {period: 2026-02, record: document/press, date: 2026-03-09}\n"
          "  - {period: 2026-03, record: document/press, date: 2026-04-16}\n")
MADE_UP = {
    "documents/made.yml": "title: 样张\nsource: {text: 编者}\ntype: 通知\npublished: 2026-04-09\nillustrative: true\n",
    "duties/made.yml": DUTY.replace("press", "made").replace("by: team", "by_words: 某处").replace("收支", "示例收支")
    + "illustrative: true\n"}


def words(page: Path) -> str:
    """Return what a reader sees in the article of a page."""
    article = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article)))


def states(page: Path) -> list[str]:
    """Return the state of every period that a duty's page lists, newest first."""
    return re.findall(r"按时公开|晚了 \d+ 天|未公开，已过 \d+ 天|还没有到期", words(page))


def test_each_period_says_what_became_of_it(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Named publications are in time or late by days; what nobody named is missing since its last day, or not yet due.
    """
    build_site(make_site({"duties/accounts.yml": DUTY + LISTED}), tmp_path / "out")
    page = tmp_path / "out/current/duties/accounts.html"
    assert states(page) == ["还没有到期", "未公开，已过 20 天", "未公开，已过 51 天", "晚了 6 天", "按时公开"]
    assert "应公开 4 期，按时 1 期" in words(page) and "缺 2 期" in words(page)


def test_site_publishes_its_own_overdue_list(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """The catalogue begins with what is missing, the longest overdue first; the made-up duty stands on its own page."""
    build_site(make_site({**MADE_UP, "duties/accounts.yml": DUTY + LISTED}), tmp_path / "out")
    real, made_up = (words(tmp_path / f"out/current/disclosure/index{mark}.html") for mark in ("", ".example"))
    assert "过期没有公开的（2）" in real
    assert real.index("已过 51 天") < real.index("已过 20 天") < real.index("晚 6 天")
    assert "示例收支公开" not in real and "示例收支公开" in made_up and "过期没有公开的（4）" in made_up


def test_records_of_the_kind_meet_the_duty(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """A record dated in the month after, in the place or below it, counts; one elsewhere, or made up, does not."""
    note = "title: 公开\nsource: press\narea: {area}\ntype: 通知\npublished: {day}\n"
    build_site(make_site({
        **MADE_UP, "areas/other.yml": "title: 别处\nsource: press\nlevel: 小区\n",
        "duties/accounts.yml": DUTY + "met_by: {kind: document, area: estate}\n",
        "documents/feb.yml": note.format(area="b3", day="2026-03-10"),
        "documents/mar.yml": note.format(area="estate", day="2026-04-12"),
        "documents/apr.yml": note.format(area="other", day="2026-05-02"),
        "documents/may.yml": note.format(area="estate", day="2026-06"),
    }), tmp_path / "out")
    page = tmp_path / "out/current/duties/accounts.html"
    assert states(page) == ["还没有到期", "按时公开", "未公开，已过 51 天", "晚了 2 天", "按时公开"]
    assert "清水小区或它下面的地方有一条日期在期满以后、下一期结束以前的“文件”" in words(page)


def test_duty_within_the_period_needs_a_record_in_it(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """What must happen in each month is met by a record dated in that very month."""
    rule = "met_by: {kind: case, area: estate, after: 期内}\n"
    build_site(make_site({"duties/accounts.yml": DUTY.replace("within_days: 10", "within_days: 0") + rule}),
               tmp_path / "out")
    assert states(tmp_path / "out/current/duties/accounts.html") == [
        "还没有到期", "按时公开", "未公开，已过 61 天", "未公开，已过 91 天", "未公开，已过 122 天"]


def test_record_about_a_period_meets_that_period(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """An outcome of 2025 that was frozen in 2026 meets the duty of 2025, and no other year's."""
    earlier = {**RATED, "activities/old.yml": RATED["activities/clean.yml"].replace("2026", "2025")}
    duty = (DUTY.replace("area: estate\n", "").replace("每月", "每年").replace("within_days: 10", "within_days: 200")
            .replace("2026-02", "'2024'") + "met_by: {kind: outcome, after: 期内}\n")
    build_site(make_site({**earlier, **frozen(scored(earlier).board("points", "2025")), "duties/boards.yml": duty}),
               tmp_path / "out")
    assert states(tmp_path / "out/current/duties/boards.html") == ["还没有到期", "按时公开", "未公开，已过 346 天"]


def test_without_duties_the_catalogue_says_so(published: Path) -> None:
    """An empty catalogue is a page with a sentence, and no list of examples is offered that does not exist."""
    assert "还没有列入目录的事项" in words(published / "current/disclosure/index.html")
    assert not (published / "current/disclosure/index.example.html").exists()


def test_withdrawn_record_meets_no_duty(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """What was withdrawn is public no longer, though the duty still names it."""
    note = "title: 公开\nsource: press\ntype: 通知\npublished: 2026-03-09\n"
    named = LISTED.replace("document/press, date: 2026-03-09", "document/feb, date: 2026-03-09")
    gone = note + "withdrawn: {date: 2026-05-01, reason: 数错了}\n"
    for name, text in (("a", note), ("b", gone)):
        build_site(make_site({"duties/accounts.yml": DUTY + named, "documents/feb.yml": text}), tmp_path / name)
    first, second = (states(tmp_path / f"{name}/current/duties/accounts.html")[-1] for name in "ab")
    assert (first, second) == ("按时公开", "未公开，已过 112 天")


def test_made_up_record_meets_no_real_duty(make_site: Callable[..., Path]) -> None:
    """A real duty that names an illustrative record is refused where it names it."""
    [found] = problems(make_site({**MADE_UP, "duties/accounts.yml": DUTY + LISTED.replace("/press", "/made", 1)}))
    assert (found.code, found.place.path) == ("illustrative-source", "content/duties/accounts.yml")
