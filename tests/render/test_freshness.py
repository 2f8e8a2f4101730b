"""The freshness report: the thresholds of the inspections, each met and each failed by one change."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.records.code import new_code
from tests.render.test_disclosure import words
from tests.sites import BASE, CONFIG, build_site

FRESH = {
    "cases/leak.yml": BASE["cases/leak.yml"].replace("resolved: 2026-05-08", "resolved: 2026-06-16"),
    "documents/press.yml": BASE["documents/press.yml"]}
MENU = CONFIG + "sections: [{kind: case}, {kind: area}]\n"


def verdicts(files: dict[str, str], make_site: Callable[..., Path], tmp_path: Path, config: str = MENU) -> list[str]:
    """Return which of the four demands are met, in their order: 更新, 栏目, 日期, 假日期."""
    build_site(make_site({**FRESH, **files}, config), tmp_path / "out")
    text = words(tmp_path / "out/current/disclosure/freshness.html").partition("首页 2 周内")[2]
    return re.findall("不?合格", text)


GOOD = "合格"
BAD = "不合格"


@pytest.mark.parametrize(("files", "config", "found"), [
    ({}, MENU, [GOOD, GOOD, GOOD, GOOD]),
    ({"cases/leak.yml": FRESH["cases/leak.yml"].replace("06-16", "06-15")}, MENU, [BAD, GOOD, GOOD, GOOD]),
    ({}, CONFIG + "sections: [{kind: case}, {kind: honour}]\n", [GOOD, BAD, GOOD, GOOD]),
    ({"honours/a.yml": "title: 奖\nsource: press\nrecipient_words: 某队\naward: 奖\n"}, MENU, [GOOD, GOOD, BAD, GOOD]),
    ({"honours/a.yml": "title: 奖\nsource: press\nrecipient_words: 某队\naward: 奖\nawarded: 2026-07-01\n"}, MENU,
     [GOOD, GOOD, GOOD, BAD])])
def test_each_threshold_fails_alone(files: dict[str, str], config: str, found: list[str],
                                    make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Two weeks and a day without update, an empty column, an undated item, a date after today: each alone fails."""
    assert verdicts(files, make_site, tmp_path, config) == found


def test_what_is_announced_is_no_forged_date(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """A notice that begins later, an activity of next week and a project that is to start lie ahead openly."""
    later = ("title: 停车费\nsource: press\nbasis: 规则\ntext: 每月100元。\nchannel: 大厅\nissuer: 业委会\n"
             "since: 2026-07-10\nworking_days: 5\n")
    assert verdicts({"announcements/later.yml": later,
                     "activities/a.yml": "title: 清扫\nsource: press\ndate: 2026-07-04\n",
                     "projects/a.yml": "title: 加装\nsource: press\nstarted: 2026-08-01\nstate: 未开始\n"},
                    make_site, tmp_path) == [GOOD] * 4


def test_made_up_records_freshen_nothing(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """An illustrative record of today is reported on apart, and does not make the real home page fresh."""
    made = {
        "documents/made.yml": "title: 样张\nsource: {text: 编者}\ntype: 通知\npublished: 2026-06-30\n"
                              "illustrative: true\n",
        "cases/leak.yml": BASE["cases/leak.yml"]}
    assert verdicts(made, make_site, tmp_path)[0] == BAD
    assert "最近一次更新在 2026-06-30" in words(tmp_path / "out/current/disclosure/freshness.example.html")


def test_codes_freshen_nothing(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """A code issued today for a plate is no news: neither the report nor the home page counts it as an update."""
    code = new_code("area/b3", set())
    files = {"cases/leak.yml": FRESH["cases/leak.yml"].replace("06-16", "06-15"),
             f"codes/{code}.yml": "title: 短码\nsource: press\nto: area/b3\npurpose: 门牌\nissued: 2026-06-30\n",
             "codes/issued.txt": f"{code} 2026-06-30 area/b3\n"}
    assert verdicts(files, make_site, tmp_path)[0] == BAD
    assert "更新于 2026-06-15" in words(tmp_path / "out/current/index.html")
