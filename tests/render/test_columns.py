"""The home page's table of contents."""

from pathlib import Path

from generator.cli import site_at
from generator.render.columns import columns
from tests.sites import BASE, CONFIG, write_site

SECTIONS = CONFIG + """\
sections:
  - {kind: case, title: 办件}
  - {page: boards, title: 榜单}
  - {kind: fund, title: 经费账, group: 钱和会}
  - {kind: meeting, title: 会议, group: 钱和会}
"""


def test_columns_stand_as_in_the_navigation(tmp_path: Path) -> None:
    """Groups, order and names are the navigation's; what it leaves out stands last; nothing empty is listed."""
    site = site_at(write_site(tmp_path, BASE, SECTIONS))
    assert columns(site, {"case": 3, "meeting": 2, "area": 7}) == [
        ("常用", [("办件", "cases/index.html", 3), ("榜单", "boards/index.html", None)]),
        ("钱和会", [("会议", "meetings/index.html", 2)]), ("其他", [("地方", "areas/index.html", 7)])]


def test_examples_are_lists_of_their_own(tmp_path: Path) -> None:
    """Illustrative records have their own addresses, and pages that are no lists are not named twice."""
    site = site_at(write_site(tmp_path, BASE, SECTIONS))
    assert columns(site, {"case": 4}, examples=True) == [("常用", [("办件", "cases/index.example.html", 4)])]
