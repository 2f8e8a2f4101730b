"""Charts: the tiers of an organisation, those above and below it, who stands behind whom."""

import re
from pathlib import Path

import pytest

from tests.sites import BASE, build_site, write_site

ORG = "source: press\ntype: 联盟\n"
FILES = {
    **BASE,
    "organisations/top.yml": f"title: 街道党工委\n{ORG}",
    "organisations/middle.yml": f"title: 社区党委\n{ORG}parent: top\ntiers:\n"
                                "  - {name: 网格党支部, duty: 管一个网格, count: 12个,"
                                " members: [{who: organisation/low}]}\n"
                                "  - {name: 志愿者队伍}\nbacking: [{role: 网格员, name: 一名}]\n",
    "organisations/low.yml": f"title: 第一支部\n{ORG}parent: middle\n",
    "organisations/lower.yml": f"title: 第一小组\n{ORG}parent: low\n",
    "organisations/lowest.yml": f"title: 再下一级\n{ORG}parent: lower\n",
    "organisations/deepest.yml": f"title: 最下一级\n{ORG}parent: lowest\n",
    "organisations/round-a.yml": f"title: 绕圈甲\n{ORG}parent: round-b\n",
    "organisations/round-b.yml": f"title: 绕圈乙\n{ORG}parent: round-a\n",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("chart")
    build_site(write_site(root, FILES), root / "site")
    return root / "site/current/organisations"


def part(page: Path, start: str, end: str) -> str:
    """Return what a page holds between two marks."""
    return page.read_text(encoding="utf-8").partition(start)[2].partition(end)[0]


def test_tiers_stand_from_the_top_down_as_a_list(out: Path) -> None:
    """The chart is an ordered list: each tier with duty, number in the source's words, and its members' links."""
    chart = part(out / "middle.html", '<ol class="gs-tiers">', "</ol>")
    assert re.findall(r"<b[^>]*>([^<]+)</b>", chart) == ["网格党支部", "12个", "志愿者队伍"]
    assert "管一个网格" in chart and 'href="../organisations/low.html"' in chart


def test_organisation_stands_between_those_above_and_below(out: Path) -> None:
    """The tree leads up to the top and three levels down, and tells how many it leaves out."""
    tree = part(out / "middle.html", '<div class="gs-tree">', "</section>")
    assert re.findall(r">([^<>]+)</(?:a|b)>", tree) == ["街道党工委", "社区党委", "第一支部", "第一小组", "再下一级"]
    assert "下面还有 1 个" in tree
    assert tree.count("<ul>") == tree.count("</ul>") and tree.count("<li>") == tree.count("</li>")


def test_circle_of_parents_ends(out: Path) -> None:
    """Two organisations that name each other as parent are drawn once each."""
    tree = part(out / "round-a.html", '<div class="gs-tree">', "</section>")
    assert tree.count("绕圈乙") <= 2 and "绕圈甲" in tree


def test_who_stands_behind_is_drawn(out: Path) -> None:
    """An organisation's backers stand below it, with what they are."""
    html = (out / "middle.html").read_text(encoding="utf-8")
    assert "1+1" in html and "网格员" in html.partition('class="gs-backing"')[2]
