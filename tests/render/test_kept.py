"""Pages of agreements, donations, inspections, services and feedback: what a resident reads there."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.sites import BASE, build_site, write_site

FILES = {
    "agreements/kept.yml": (
        "title: 物业承诺\nsource: press\nparties: [物业, {who: organisation/team}]\nsigned: 2026-01-01\npledges:\n"
        "  - {text: 换灯, due: 2026-03-01, kept: [{date: 2026-03-05, evidence: [验收单]}]}\n"
        "  - {text: 修门, due: 2026-06-20}\n"),
    "agreements/untold.yml": (
        "title: 结对\nsource: press\nparties: [甲, 乙]\nsigned: 2020-01-01\noutcome_unknown: true\npledges:\n"
        "  - {text: 开会, every: 每月}\n  - {text: 修门, due: 2020-06-20}\n"),
    "donations/rice.yml": (
        "title: 捐米\nsource: press\ndate: 2026-05-01\n"
        "gifts: [{item: 大米, quantity: {words: 120袋, number: 120, unit: 袋}}]\n"
        "uses: [{item: 大米, quantity: {words: 20袋, number: 20, unit: 袋}, "
        "purpose: 送食堂, to: organisation/team}]\n"),
    "inspections/fire.yml": (
        "title: 消防检查\nsource: press\ndate: 2026-06-01\ninspectors: [派出所, 消防站]\nfindings:\n"
        "  - {what: 灭火器过期, responsible: 物业, due: 2026-06-05, remedy: {date: 2026-06-04, verified: 2026-06-06, "
        "verified_by: 网格员}}\n  - {what: 无应急灯, responsible: 物业, due: 2026-06-20, case: leak}\n"),
    "services/hair.yml": (
        "title: 理发\nsource: press\ncharge: 低偿\nprices: [{item: 理发, amount: \"5.00\", per: 次}]\nhours: 周三\n"
        "contact: 一楼大厅\n"),
    "services/old.yml": "title: 旧课\nsource: press\ncharge: 低偿\nended: 2026-06-01\n",
    "feedback/lift.yml": (
        "title: 电梯停了\nsource: press\nform: 投诉\nspeaker: 陈奶奶\nage: 80岁\nwords: 先贴张条子。\nground: consent\n"
        "about: [case/leak]\nreply: {date: 2026-06-03, by: 物业, words: 以后先贴。}\n"),
    "feedback/open.yml": (
        "title: 灯不亮\nsource: press\nform: 投诉\nspeaker: 某居民\nwords: 灯不亮。\nground: consent\n"),
}


@pytest.fixture(scope="module")
def current(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a record of each of these kinds."""
    root = tmp_path_factory.mktemp("kept")
    build_site(write_site(root, {**BASE, **FILES}), root / "site")
    return root / "site/current"


def words(current: Path, path: str) -> str:
    """Return what a reader sees in the article of a page, spaces and line ends left out."""
    html = (current / f"{path}.html").read_text(encoding="utf-8")
    return re.sub(r"\s", "", unescape(re.sub("<[^>]+>", "", html.partition("<article")[2].partition("</article>")[0])))


def test_promise_says_what_became_of_it(current: Path) -> None:
    """Kept late says by how much and what shows it; not kept says for how long."""
    text = words(current, "agreements/kept")
    assert "换灯" in text and "已兑现晚了4天" in text and "凭据：验收单" in text
    assert "逾期10天，没有兑现记录" in text


def test_untold_promise_is_not_called_late(current: Path) -> None:
    """Where the source says nothing of the outcome the page says so, and nothing else."""
    text = words(current, "agreements/untold")
    assert "没有说到" in text and "逾期" not in text and "已兑现" not in text


def test_donation_reconciles_before_the_reader(current: Path) -> None:
    """What came in, what went out and what is left stand in one row, and each use leads to who got it."""
    assert "大米120袋20袋100袋" in words(current, "donations/rice")
    assert 'href="../organisations/team.html"' in (current / "donations/rice.html").read_text(encoding="utf-8")


def test_finding_says_whether_it_was_put_right_and_seen(current: Path) -> None:
    """Each finding has its own word: verified, with by whom; or open, with the days that it is late."""
    text = words(current, "inspections/fire")
    assert "灭火器过期已整改，已核实" in text and "核实网格员，2026-06-06" in text
    assert "无应急灯还没有改好逾期10天" in text and "转成办件：楼道漏水" in text
    assert "派出所、消防站" in text


def test_service_says_price_or_that_none_is_known(current: Path) -> None:
    """A price stands with its unit; a service that costs something unknown says that the source gives no price."""
    assert "5.00元/次" in words(current, "services/hair") and "一楼大厅" in words(current, "services/hair")
    old = words(current, "services/old")
    assert "已停办" in old and "价格来源没有写" in old


def test_reply_stands_beside_what_was_said(current: Path) -> None:
    """A complaint and its answer share a page; one without an answer says that there is none yet."""
    text = words(current, "feedback/lift")
    assert "先贴张条子。" in text and "陈奶奶，80岁" in text and "以后先贴。物业，2026-06-03" in text
    assert "还没有答复" in words(current, "feedback/open")
    assert "居民的话" in words(current, "cases/leak")
