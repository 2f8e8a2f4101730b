"""The benchmark's records are valid, and become the pages that they should."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from generator import build, cli
from tests.bench import convert, rated, stages, synthetic, table
from tests.bench.table import edit

PLAIN = {
    "communities.yml": """\
- id: c01
  name: 晨光一村
  street: 东街街道
- id: c02
  name: 荷叶里
  street: 西街街道
""",
    "cases/2025-03/c0000001.yml": """\
id: c0000001
type: case
title: 晨光一村3栋路灯损坏
date: 2025-03-01
category: 公共设施
community: c01
grid: c01-g07
level: 2
reported: 2025-03-01
assigned: 2025-03-02
resolved: 2025-03-05
satisfaction: 4
timeline:
  - date: 2025-03-02
    actor: 网格员
    action: 现场核实
    note: 王**负责，照片已上传
description: |
  与**楼栋长**一起走访。

  请通过[意见征集](/feedback/)反馈。
""",
    "volunteers/v0000001.yml": """\
id: v0000001
type: volunteer
title: 志愿者李*（荷叶里）
date: 2024-06-01
name: 李*
team: 红马甲志愿队
community: c02
services:
  - date: 2024-07-01
    item: 环境清扫
    hours: 1.5
  - date: 2024-08-01
    item: 治安巡逻
    hours: 2
description: |
  热心。
""",
    "honours/h0000001.yml": """\
id: h0000001
type: honour
title: 文明家庭：张**（荷叶里）
date: 2025-01-10
award: 文明家庭
recipient: 张**
community: c02
issuer: 西街街道
description: |
  邻里和睦。
""",
    "projects/p0000001.yml": """\
id: p0000001
type: project
title: 晨光一村雨污分流工程
date: 2025-01-02
community: c01
progress: 50
budget: 1000000
paid: 500000
contractor: 某建设有限公司
milestones:
  - name: 方案公示
    planned: 2025-02-01
    actual: 2025-02-03
    status: 已完成
  - name: 进场施工
    planned: 2025-03-01
    actual: ''
    status: 未开始
description: |
  管线老化。
"""}


def built(site: Path, out: Path) -> Path:
    """Return the folder of a site's release."""
    settings = cli.site_at(site / "site_config.yml")
    return build.build(settings, out, cli.today(settings, None), 1, lambda *_: None, "").folder


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain")
    for name, text in PLAIN.items():
        path = folder / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    convert.main(str(folder / "records"), str(folder / "site"))
    return built(folder / "site", folder / "out")


@pytest.mark.parametrize(("page", "texts"), [
    ("cases/c0000001.html", ["晨光一村3栋路灯损坏", "c01-g07", "责任单位承办", "王某负责，照片已上传",
                             "<strong>楼栋长</strong>", 'href="../feedback.html"', 'href="../areas/c01.html"']),
    ("volunteers/v0000001.html", ["志愿者李某（荷叶里）", "红马甲志愿队", "环境清扫", "1.5", "治安巡逻", "3.5"]),
    ("honours/h0000001.html", ["文明家庭", "张某", "西街街道", "邻里和睦。"]),
    ("projects/p0000001.html", ["50%", "1,000,000.00 元", "500,000.00 元", "某建设有限公司", "方案公示", "进场施工"]),
    ("areas/c01.html", ["东街街道", "晨光一村雨污分流工程", "晨光一村3栋路灯损坏"]),
    ("boards/hours.example.html", ["志愿者李某（荷叶里）", "3.5"])])
def test_converted_records_say_what_the_plain_ones_said(converted: Path, page: str, texts: list[str]) -> None:
    html = (converted / page).read_text(encoding="utf-8")
    assert [text for text in texts if text not in html] == []
    assert "王**" not in html


def test_synthetic_records_build(tmp_path: Path) -> None:
    synthetic.write(tmp_path / "site", 40)
    release = built(tmp_path / "site", tmp_path / "out")
    pages = Counter(p.parent.name for p in release.rglob("*.html") if "." not in p.stem and p.stem != "index")
    assert pages["cases"] == 40 - 6 - 4 - 2
    assert (pages["volunteers"], pages["honours"], pages["projects"], pages["areas"]) == (6, 4, 2, 50)
    assert (release / "boards/hours.example.html").is_file()


def test_synthetic_records_are_the_same_again(tmp_path: Path) -> None:
    assert list(synthetic.records(40)) == list(synthetic.records(40))


def test_the_stages_are_timed(tmp_path: Path) -> None:
    synthetic.write(tmp_path / "site", 20)
    cold = stages.profile(tmp_path / "site" / "site_config.yml", tmp_path / "out")
    edit(tmp_path / "site")
    warm = stages.profile(tmp_path / "site" / "site_config.yml", tmp_path / "out")
    assert [stage for stage in cold if cold[stage] + warm[stage] <= 0] == []


def test_rated_records_stand_under_every_shipped_scheme(tmp_path: Path) -> None:
    rated.write(tmp_path / "site", 1150)
    release = built(tmp_path / "site", tmp_path / "out")
    rules = {path.stem: yaml.safe_load(path.read_bytes()) for path in rated.SHIPPED.glob("*.yml")}
    firsts = {id for id, rule in rules.items() if rule["form"] != "mechanism" and "replaces" not in rule}
    told = {path: json.loads(path.read_bytes()) for folder in ("boards", "stars")
            for path in (release / folder).glob("*.json")}
    assert {path.name.partition(".")[0] for path in told} == firsts
    versions = {data["scheme"] for data in told.values()}
    assert versions == {id for id, rule in rules.items() if rule["form"] != "mechanism"}
    assert [path.name for path, data in told.items() if not (data.get("entries") or any(
        row["value"] is not None for row in data["rows"]))] == []


def test_the_command_measures_all_that_is_promised_and_compares_the_edits_with_a_cold_build(tmp_path: Path) -> None:
    said = bench("20", "--times", "1", "--keep", str(tmp_path / "kept.csv"), work=tmp_path / "work")
    for name in ("cold", "cold, with the quick parser", "nothing changed", "one title edited", "check after", "preview",
                 "the same files", "cold, with search", "one title edited, with search", "publish"):
        assert f"\n{name}" in said
    assert "the same bytes as a cold build: yes" in said
    kept = (tmp_path / "kept.csv").read_text(encoding="utf-8").splitlines()
    assert kept[0] == ",".join(table.HEADER) and len(kept) == 10


def test_scoring_is_measured(tmp_path: Path) -> None:
    said = bench("20", "--times", "1", "--scoring", work=tmp_path / "work")
    for name in ("unscored", "scored", "shown", "scoring: ", "showing it: ", "inside the scoring functions: "):
        assert f"\n{name}" in said


def bench(*options: str, work: Path) -> str:
    """Return what the command prints."""
    return subprocess.run([sys.executable, "-m", "tests.bench", *options, "--work", str(work)], check=True,
                          cwd=Path(__file__).parents[2], capture_output=True, text=True).stdout


@pytest.mark.parametrize("build", ["unscored", "scored"])
def test_compared_builds_show_no_outcome(tmp_path: Path, build: str) -> None:
    rated.write(tmp_path / "site", 20)
    subprocess.run([sys.executable, "-m", "tests.bench.scoring", build, "build", "--config",
                    str(tmp_path / "site" / "site_config.yml"), "--out", str(tmp_path / "out")],
                   cwd=Path(__file__).parents[2], capture_output=True, check=True)
    assert list((tmp_path / "out" / "current" / "boards").glob("*.json")) == []
