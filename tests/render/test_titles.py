"""Titles of shared links: state, subject and what came of it; nothing that must not stay in a chat."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from generator.data import Row, row_of
from generator.records import kinds
from generator.render.titles import ROOM, is_hidden, summary_of, title_of, with_site
from tests.sites import AS_OF, BASE, LISTED, RATED, build_site, raw, record

CASE = BASE["cases/leak.yml"]


def titled(kind: str, text: str) -> str:
    """Return the title of a record's page."""
    one = record(kind, text)
    return title_of(row(kind, text), one.upshot(AS_OF))


def row(kind: str, text: str) -> Row:
    """Return the row of one record."""
    return row_of(record(kind, text), raw(kind, text), AS_OF)


@pytest.mark.parametrize(("kind", "text", "title"), [
    ("case", CASE, "已办结·楼道漏水·2天"),
    ("case", CASE.replace("resolved: 2026-05-08", "resolved: 2026-05-06"), "已办结·楼道漏水·当天"),
    ("case", CASE.replace("resolved: 2026-05-08\n", ""), "办理中·楼道漏水·社区自办"),
    ("case", CASE + "illustrative: true\n", "示例·已办结·楼道漏水·2天"),
    ("case", CASE.replace("楼道漏水", "楼道漏水（示例）") + "illustrative: true\n", "已办结·楼道漏水（示例）·2天"),
    ("case", CASE + "withdrawn: {date: 2026-06-10, reason: 报错了楼}\n", "已撤回的办件"),
    ("project", "title: 路灯改造\nsource: press\nstarted: 2026-01-05\nmilestones:\n  - {name: 一, actual: 2026-02-01}\n"
     "  - {name: 二}\n  - {name: 三}\n", "办理中·路灯改造·33%"),
    ("area", BASE["areas/b3.yml"], "3栋·谁负责、办什么"),
    ("person", "title: 王某\nsource: press\nrole: 楼栋长\nground: office\n", "王某·楼栋长"),
    ("indicator", "title: 按期办结率\nsource: press\nreadings: [{period: 2026-Q1, actual: 九成}]\n", "按期办结率·九成"),
    ("volunteer", RATED["volunteers/zhang.yml"], "张某·志愿者"),
    ("listing", LISTED["listings/l-0001.yml"], "红黑榜条目（有期限）")])
def test_title_says_it_all(kind: str, text: str, title: str) -> None:
    """State first, then the name, then what came of it or the kind; what is made up says so once."""
    assert titled(kind, text) == title


def test_every_kind_has_a_title_that_fits() -> None:
    """The example of every kind has a title that a card shows whole."""
    for kind, model in kinds().items():
        title = titled(kind, model.example)
        assert 0 < len(title) <= ROOM, (kind, title)


def test_long_name_is_cut_and_nothing_else() -> None:
    """A name that is too long loses its end; state, mark and outcome stay."""
    title = titled("case", CASE.replace("楼道漏水", "很长" * 20 + "（示例）") + "illustrative: true\n")
    assert len(title) == ROOM and title.startswith("已办结·很长") and title.endswith("…（示例）·2天")


def test_site_is_named_where_it_fits() -> None:
    """The site's name stands behind a short title only."""
    assert with_site("已办结·楼道漏水", "清水公示") == "已办结·楼道漏水 - 清水公示"
    assert with_site("长" * ROOM, "清水公示") == "长" * ROOM


def test_title_changes_only_with_the_record() -> None:
    """An open case that is late is titled the same the day after: a card in a chat stays as it was sent."""
    one = record("case", CASE.replace("resolved: 2026-05-08\n", ""))
    assert len({one.upshot(AS_OF.replace(day=day)) for day in (1, 15, 30)}) == 1


def test_what_expires_is_told_by_its_kind_alone(make_site: Callable[..., Path]) -> None:
    """Title, description and cards of a list's entry, and of its tombstone, name neither subject nor offence."""
    config = make_site(LISTED)
    for day, title in ((AS_OF, "红黑榜条目（有期限）"), (AS_OF.replace(year=2027), "不在榜的红黑榜条目")):
        page = (build_site(config, config.parent / "site", as_of=day) / "listings/l-0001.html").read_text("utf-8")
        head = unescape(page.partition("</head>")[0])
        assert f"<title>{title} - 清水公示</title>" in head and '<meta name="robots" content="noindex">' in head
        assert "堆物" not in head and "3栋" not in head


def test_made_up_and_gone_are_kept_from_search_engines() -> None:
    """Search engines are asked not to keep what is made up, withdrawn or has an end."""
    gone = CASE + "withdrawn: {date: 2026-06-10, reason: 报错了楼}\n"
    some = (CASE, CASE + "illustrative: true\n", gone)
    told = [*(is_hidden(row("case", text)) for text in some), is_hidden(row("listing", LISTED["listings/l-0001.yml"]))]
    assert told == [False, True, True, True]


def test_summary_tells_the_rest() -> None:
    """The description names the record and begins its text; of what is withdrawn it tells the kind."""
    text = CASE + "description: 三楼转角渗水。\n"
    assert summary_of(row("case", text), record("case", text)) == "楼道漏水：三楼转角渗水。"
    gone = text + "withdrawn: {date: 2026-06-10, reason: 报错了楼}\n"
    assert summary_of(row("case", gone), record("case", gone)) == "办件：已撤回的办件"


def test_cards_repeat_title_and_description(published: Path) -> None:
    """What chats outside WeChat read says the same as title and description."""
    head = (published / "current/cases/leak.html").read_text(encoding="utf-8").partition("</head>")[0]
    told = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', head))
    assert told["og:title"] in head.partition("<title>")[2].partition("</title>")[0]
    assert told["og:description"] == told["description"] == "楼道漏水"
    assert (told["robots"], told["og:locale"]) == ("all", "zh_CN") and "og:url" not in told
