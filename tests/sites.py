"""Tiny sites with invented people: what the tests build, break and build again."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator import build, cli, load, validate
from generator.data import Raw
from generator.problem import ContentError, Problem
from generator.records import kinds
from generator.records.base import Record

AS_OF = date(2026, 6, 30)
ROOT = Path(__file__).resolve().parent.parent
CONFIG = "identity: {name: 清水公示}\npublication: {as_of: 2026-06-30}\n"

BASE = {
    "documents/press.yml": "title: 社区简报（样张）\nsource: {text: 虚构的简报}\ntype: 通知\npublished: 2026-01-05\n",
    "areas/estate.yml": "title: 清水小区\nsource: press\nlevel: 小区\n",
    "areas/b3.yml": "title: 3栋\nsource: press\nlevel: 楼栋\narea: estate\n",
    "organisations/team.yml": "title: 清水志愿队\nsource: press\ntype: 志愿队伍\narea: estate\n",
    "cases/leak.yml": (
        "title: 楼道漏水\nsource: press\narea: b3\ncategory: 漏水\nreported: 2026-05-06\naccepted: 2026-05-06\n"
        "ladder:\n  - {level: 社区自办, date: 2026-05-06, due: 2026-05-13}\nresolved: 2026-05-08\n"),
}
"""A site of five records that has no Problem: place, source, team and a case."""

RATED = {
    "schemes/stars.yml": (
        "title: 房屋星级办法\nsource: press\nform: stars\nsubject: area\nrule: 按得分评星。\nonly: {level: 楼栋}\n"
        "valid_months: 12\ncriteria:\n  - {id: fire, label: 消防, max: 60}\n  - {id: tidy, label: 卫生, max: 40}\n"
        "bands:\n  - {floor: 0, word: 不合格, failing: true}\n  - {floor: 60, word: 三星, stars: 3}\n"
        "  - {floor: 90, word: 五星, stars: 5}\n"),
    "schemes/points.yml": (
        "title: 志愿积分榜\nsource: press\nform: leaderboard\nsubject: volunteer\nrule: 一小时一分。\nperiod: year\n"
        "measures:\n  - {label: 活动, over: activity.attendance, subject: volunteer, take: sum, of: hours}\n"),
    "volunteers/zhang.yml": "title: 张某\nsource: press\nteam: team\narea: estate\n",
    "volunteers/li.yml": "title: 李阿姨\nsource: press\n",
    "activities/clean.yml": (
        "title: 楼道清扫\nsource: press\narea: estate\ndate: 2026-05-17\n"
        "attendance:\n  - {volunteer: zhang, hours: 2.5}\n  - {volunteer: li, hours: 2}\n"),
    "assessments/b3-2026.yml": (
        "title: 3栋评定\nsource: press\nscheme: stars\nsubject: area/b3\ndate: 2026-04-01\nassessor: 评定小组\n"
        "scores:\n  - {criterion: fire, points: 50}\n  - {criterion: tidy, points: 30}\n"),
}
"""What a leaderboard and a star rating need, to be laid over BASE."""


def write_site(root: Path, files: Mapping[str, str | bytes | None], config: str = CONFIG) -> Path:
    """Write a site and return its configuration file. files: path below content/ -> text; None removes the file."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "site_config.yml").write_text(config, encoding="utf-8")
    (root / "content").mkdir(exist_ok=True)
    for path, text in files.items():
        target = root / "content" / path
        if text is None:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root / "site_config.yml"


def quiet(stage: str, done: int, total: int) -> None:
    """Report nothing."""


def check_site(config: Path, as_of: date = AS_OF, workers: int = 1) -> build.Content:
    """Return the content of a site, checked in this process."""
    return build.check(cli.site_at(config), as_of, workers, quiet)


def build_site(config: Path, out: Path, as_of: date = AS_OF, workers: int = 1) -> Path:
    """Publish a site in this process and return the release's folder."""
    return build.build(cli.site_at(config), out, as_of, workers, quiet, "")


def problems(config: Path, as_of: date = AS_OF) -> list[Problem]:
    """Return every Problem of a site, none where it is clean."""
    try:
        check_site(config, as_of)
    except ContentError as error:
        return error.problems
    return []


def places(found: list[Problem]) -> list[tuple[str, str, int, int]]:
    """Return (code, path below content/, line, column) of each Problem."""
    return [(p.code, p.place.path.removeprefix("content/"), p.place.line, p.place.column) for p in found]


def codes(found: list[Problem]) -> list[str]:
    """Return the codes of Problems, sorted."""
    return sorted(p.code for p in found)


def record(kind: str, text: str) -> Record:
    """Return the record that a YAML text describes; fails where it has Problems."""
    found = validate.validate(Raw(kind, "a", f"{kinds()[kind].folder}/a.yml", load.parse(text)), kinds())
    assert not isinstance(found, list), [p.line() for p in found]
    return found


def faults(kind: str, text: str) -> list[str]:
    """Return the codes of what is wrong with one record's text, sorted."""
    found = validate.validate(Raw(kind, "a", f"{kinds()[kind].folder}/a.yml", load.parse(text)), kinds())
    return codes(found) if isinstance(found, list) else []


def tree(folder: Path) -> dict[str, str]:
    """Return path -> sha256 of every file below a folder."""
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def torn(out: Path) -> list[str]:
    """Return what is wrong with the release that `current` leads to: files that its manifest does not vouch for."""
    current = out / "current"
    if not current.is_symlink() or not (current / "manifest.json").is_file():
        return ["no current release"]
    named = {p: digest for p, (digest, _) in json.loads((current / "manifest.json").read_bytes())["files"].items()}
    there = {p: digest for p, digest in tree(current.resolve()).items() if p != "manifest.json"}
    return sorted(path for path in named.keys() | there.keys() if named.get(path) != there.get(path))


def gongshi(*args: str, cwd: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own, from the folder `cwd`."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *args], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT), **environment})
