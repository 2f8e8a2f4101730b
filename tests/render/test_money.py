"""Pages of funds and meetings: balance first, resolution behind every expense, expense behind every resolution."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from tests.sites import BASE, ROOT, build_site, write_site

MEETING = (
    "title: 楼下议事\nsource: press\narea: b3\ntype: 议事会\ndate: 2026-02-01\nitems:\n  - title: 长凳\n"
    "    proposed: [{by: 李阿姨, words: 没地方坐}]\n"
    "    vote: {electorate: 30, agree: 25, against: 3, abstain: 1, result: 通过}\n    resolutions:\n"
    '      - {id: bench, text: 添两条长凳, amount: "900.00", due: 2026-06-20, led_to: [case/leak]}\n'
    "  - title: 监控\n    vote: {result: 未通过, agree: 3}\n")
OFFICE = "title: 部门调度\nsource: press\ntype: 调度会\nitems:\n  - {title: 堵点, discussed: [{words: 尽快}]}\n"
FUND = (
    'title: 3栋经费\nsource: press\narea: b3\nrule: {resolution_from: "500.00"}\n'
    'opening: {date: 2026-01-01, amount: "1000.00"}\nentries:\n'
    '  - {date: 2026-01-20, flow: 支出, item: 长凳, what: 长凳定金, amount: "100.00", receipt: Z-1, '
    "approval: {meeting: talk, resolution: bench}}\n"
    '  - {date: 2026-03-05, flow: 支出, item: 长凳, amount: "700.50", receipt: Z-2, '
    "approval: {meeting: talk, resolution: bench}}\n"
    '  - {date: 2026-04-01, flow: 支出, item: 门锁, amount: "600.00", receipt: Z-3}\n'
    '  - {date: 2026-07-01, flow: 收入, item: 会费, amount: "9.00", receipt: S-1}\n'
    'statements: [{period: 2026-Q1, income: "0.00", spending: "800.50", closing: "199.50", posted: 2026-04-08}]\n'
    'dues: [{period: 2026, households: 30, paid: 28, each: "40.00"}]\n')
FILES = {
    "meetings/talk.yml": MEETING, "meetings/office.yml": OFFICE, "funds/b3.yml": FUND,
    "funds/rule.yml": "title: 约定\nsource: press\nrule: {income: [{what: 经费, amount: 每户每年240元}]}\n",
    "meetings/gone.yml": MEETING.replace("楼下议事", "误录的会") + "withdrawn: {date: 2026-05-01, reason: 误录}\n",
    "funds/old.yml": FUND.replace("3栋经费", "旧账").replace("meeting: talk", "meeting: gone"),
    "funds/made-up.yml": FUND.replace("3栋经费", "示例账").replace(
        "approval: {meeting: talk, resolution: bench}", "note: 无") + "illustrative: true\n"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a fund, a rule, two meetings, a withdrawn one, and a made-up fund."""
    root = tmp_path_factory.mktemp("money")
    build_site(write_site(root, {**BASE, **FILES}), root / "site")
    return root / "site/current"


def read(site: Path, page: str) -> str:
    """Return the HTML of a page's article."""
    return (site / page).read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]


def words(html: str) -> str:
    """Return what a reader sees of it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_balance_stands_first(site: Path) -> None:
    """Today's balance comes before everything else of the page, and what lies ahead is not in it."""
    text = words(read(site, "funds/b3.html"))
    assert "现在结余 -400.50 元 账记到 2026-04-01" in text
    assert text.index("现在结余") < text.index("各期收支") < text.index("收支流水")
    assert "9.00 元" not in text


def test_expense_names_its_resolution(site: Path) -> None:
    """An entry shows the resolution in its own words, links its place in the meeting, and says if it came too late."""
    html = read(site, "funds/b3.html")
    assert html.count('href="../meetings/talk.html#r-bench">添两条长凳</a>') == 2
    entries = {id: more for id, more in re.findall(r'<li id="(e-[0-9-]+)"(.*?)</li>', html, re.S)}
    assert "付款早于会议" in entries["e-2026-01-20-1"] and "付款早于会议" not in entries["e-2026-03-05-1"]


def test_resolution_names_its_expenses(site: Path) -> None:
    """A meeting's resolution shows what was spent on it, by day, each a link to the entry; and what it led to."""
    html = read(site, "meetings/talk.html")
    assert re.findall(r'href="\.\./funds/b3\.html#(e-[0-9-]+)">([^<]+)</a>', html) == [
        ("e-2026-01-20-1", "长凳定金 100.00 元"), ("e-2026-03-05-1", "长凳 700.50 元")]
    assert 'href="../cases/leak.html"' in html and 'id="r-bench"' in html
    assert 'id="e-2026-01-20-1"' in read(site, "funds/b3.html")


def test_late_promise_and_failed_vote_are_words(site: Path) -> None:
    """What is overdue and what failed stand there in words, not only in colour."""
    text = words(read(site, "meetings/talk.html"))
    assert "逾期 10 天" in text and "✕ 未通过" in text and "✓ 通过" in text
    assert "逾期 10 天" in words((site / "meetings/index.html").read_text(encoding="utf-8"))


def test_steps_are_for_residents(site: Path) -> None:
    """The four steps are shown where residents meet, told and untold, and not where offices do."""
    text = words(read(site, "meetings/talk.html"))
    assert "民提 ✓ 有 民议 ○ 未载 民决 ✓ 有 民评 ○ 未载" in text
    assert "民提" not in words(read(site, "meetings/office.html"))


def test_what_is_to_be_explained_leads_to_its_line(site: Path) -> None:
    """Every remark is a link to a place that the page has."""
    html = read(site, "funds/b3.html")
    remarks = re.search(r'<section class="gs-remarks">(.*?)</section>', html, re.S)
    assert remarks and "“门锁” 600.00 元：按约定须有决议，没有写决议" in words(remarks[1])
    anchors = re.findall(r'href="#([^"]+)"', remarks[1])
    assert anchors and all(f'id="{anchor}"' in html for anchor in anchors)


def test_rule_without_books_says_so(site: Path) -> None:
    """Where only a rule is known the page gives it and no figure of its own."""
    text = words(read(site, "funds/rule.html"))
    assert "没有写账目" in text and "每户每年240元" in text and "结余" not in text


def test_list_tells_the_balance_and_keeps_made_up_apart(site: Path) -> None:
    """The list of funds shows what is left, what is owed and what is agreed; a made-up fund stands elsewhere."""
    text = words((site / "funds/index.html").read_text(encoding="utf-8"))
    assert "-400.50 元" in text and "欠 2 户，共 80.00 元" in text and "每户每年240元" in text
    assert "示例账" not in text
    assert "示例账" in (site / "funds/index.example.html").read_text(encoding="utf-8")


def test_withdrawn_meeting_is_named_no_more(site: Path) -> None:
    """A fund that named a meeting since withdrawn links the tombstone and keeps none of its words."""
    text = words(read(site, "funds/old.html"))
    assert "已撤回的会议" in text and "添两条长凳" not in text


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site."""
    out = tmp_path_factory.mktemp("demo")
    build_site(ROOT / "site_config.yml", out, date(2026, 11, 22))
    return out / "current"


def test_shipped_ledger_shows_the_mechanism(demo: Path) -> None:
    """The illustrative ledger has balance, arrears, posted periods, an overspent item, and entries with resolutions."""
    html = read(demo, "funds/demo-yinxing-b3.html")
    text = words(html)
    assert "为展示功能编写" in text and "现在结余 2,587.60 元" in text and "欠 4 户，共 120.00 元" in text
    assert "超出预算" in text and "2026-07-07 单元门口" in text and "没有写票据" in text
    for meeting, id in re.findall(r'href="\.\./meetings/([a-z0-9-]+)\.html#(r-[a-z0-9-]+)"', html):
        assert f'id="{id}"' in read(demo, f"meetings/{meeting}.html")


def test_shipped_meetings_have_a_failed_vote_and_a_late_promise(demo: Path) -> None:
    """The illustrative meetings show what fails and what is late, too."""
    assert "✕ 未通过" in words(read(demo, "meetings/demo-yinxing-b3-2025-08.html"))
    assert "逾期 53 天" in words(read(demo, "meetings/demo-yinxing-b3-2026-04.html"))
