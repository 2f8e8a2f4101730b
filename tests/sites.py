"""Tiny sites with invented people: what the tests build, break and build again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator import build, cli, closed, link, load, publish, score, validate
from generator.data import Raw, Register, row_of
from generator.digest import sha256
from generator.execute import Workers
from generator.problem import ContentError, Problem
from generator.records import folders, kinds
from generator.records.base import Record
from generator.records.correction import Correction
from generator.records.outcome import Outcome as OutcomeRecord
from generator.records.scheme import Scheme
from generator.results import Outcome, Results, Standing
from generator.score.boards import Grouped
from generator.score.facts import Fact

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

LISTED = {
    "schemes/houses.yml": (
        "title: 房屋红黑榜\nsource: press\nform: list\nsubject: area\nrule: 做得好的列红榜。\nonly: {level: 楼栋}\n"
        "longest_months: 6\nstays_days: 14\nappeal_days: 21\n"),
    "listings/l-0001.yml": (
        "title: 通道堆物列入黑榜\nsource: press\nscheme: houses\ncolour: 黑榜\nsubject: area/b3\nentered: 2026-06-01\n"
        "facts: 楼道口堆放旧床垫三张\nbasis: 办法第二条\nevidence: [检查照片存档]\nproposed_by: 社区评定小组\n"
        "decided_by: 街道复核组\nnotified: 2026-05-20\nreply_channel: 社区大厅\nexpires: 2026-12-01\n"),
}
"""A red and black list with one entry, to be laid over BASE."""

SPENT = {
    "redemptions/r-0001.yml": (
        "title: 兑换一瓶油\nsource: press\nscheme: points\nvolunteer: zhang\ndate: 2026-06-01\npoints: 2\n"
        "item: 食用油\n"),
}
"""Points spent, to be laid over RATED."""

CODE = "2345p"
"""A code whose check character is right."""

ISSUED = {
    f"codes/{CODE}.yml": (
        "title: 3栋门牌\nsource: {text: 短码登记}\nto: area/b3\npurpose: 门牌\nissued: 2026-06-01\n"),
    "codes/issued.txt": f"{CODE} 2026-06-01 area/b3\n",
}
"""A short code for a building and its line in the ledger, to be laid over BASE."""

APPEALED = {
    "appeals/a-0001.yml": (
        "title: 对评定的申诉\nsource: press\nagainst: assessment/b3-2026\nfiled: 2026-04-10\nfiled_by: 楼长\n"
        "grounds: 灭火器当天送检。\ndue: 2026-05-01\n"),
}
"""An appeal that is not yet decided, to be laid over RATED."""


def frozen(outcome: Outcome, name: str = "") -> dict[str, str | bytes]:
    """Return the two files that freeze an outcome: its record, sealed, and its rows. name: an id of its own."""
    rows = score.rows_text(outcome)
    marks = (outcome.family, outcome.period.lower(), outcome.scope.partition("/")[2])
    id = name or "-".join(mark for mark in marks if mark)
    values = {"title": f"{outcome.title}定榜", "source": "press", "scheme": outcome.scheme, "period": outcome.period,
              **({"scope": outcome.scope.partition("/")[2]} if outcome.scope else {}), "examples": outcome.examples,
              "closed": "2026-06-15", "inputs": sha256(rows), "rows": sha256(rows),
              "illustrative": outcome.illustrative}
    return {f"outcomes/{id}.yml": sealed("outcome", id, values), f"outcomes/{id}.json": rows}


def corrected(outcome: Outcome, of: str, id: str, day: str = "2026-06-20") -> dict[str, str | bytes]:
    """Return the two files of a correction that puts this outcome in the place of the frozen one."""
    rows = score.rows_text(outcome)
    values = {"title": "更正", "source": "press", "outcome": of, "date": day, "reason": "漏记了一人。",
              "decided_by": "志愿服务站", "changes": [{"subject": outcome.standings[0].subject, "before": "第2名",
                                               "after": "第1名"}],
              "inputs": sha256(rows), "rows": sha256(rows), "illustrative": outcome.illustrative}
    return {f"corrections/{id}.yml": sealed("correction", id, values), f"corrections/{id}.json": rows}


def sealed(kind: str, id: str, values: Mapping[str, object]) -> str:
    """Return the text of a frozen record with these values and the seal that binds them."""
    text = yaml.safe_dump({**values, "seal": "none"}, allow_unicode=True, sort_keys=False)
    one = record(kind, text)
    assert isinstance(one, OutcomeRecord | Correction)
    return text.replace("seal: none", f"seal: {closed.sealed(one, id)}")


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


def build_site(config: Path, out: Path, as_of: date = AS_OF, workers: Workers = 1) -> Path:
    """Publish a site in this process and return the release's folder."""
    return build.build(cli.site_at(config), out, as_of, workers, quiet, "").folder


def put_in_place(out: Path, files: Mapping[str, bytes], keep: int = 5, **about: Any) -> publish.Published:
    """Publish a release of these files as `build` does, and return what stands. about: what the manifest says."""
    with publish.locked(out), publish.begin(out) as release:
        for path, data in files.items():
            release.put(path, data)
        return publish.commit(release, out, {"as_of": "2026-06-30", **about}, keep)


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


def raw(kind: str, text: str, id: str = "") -> Raw:
    """Return the values of one record's text; without an id, one that fits the kind."""
    name = id or ("a-0001" if kinds()[kind].opaque else "a")
    return Raw(kind, name, f"{kinds()[kind].folder}/{name}.yml", load.parse(text))


def record(kind: str, text: str) -> Record:
    """Return the record that a YAML text describes; fails where it has Problems."""
    found = validate.validate(raw(kind, text), kinds())
    assert not isinstance(found, list), [p.line() for p in found]
    return found


def faults(kind: str, text: str) -> list[str]:
    """Return the codes of what is wrong with one record's text, sorted."""
    found = validate.validate(raw(kind, text), kinds())
    return codes(found) if isinstance(found, list) else []


class Scored(NamedTuple):
    """What scoring makes of a site that stands in no folder: outcomes and accounts, and every Problem on the way."""

    results: Results
    problems: list[Problem]
    register: Register
    schemes: Mapping[str, Scheme]

    def board(self, family: str, period: str = "", scope: str = "", examples: bool = False) -> Outcome:
        """Return one outcome of a family of schemes."""
        return board(self.results, family, period, scope, examples)


def scored(files: Mapping[str, str], as_of: date = AS_OF, kept: Iterable[score.Closed] = (), base: bool = True
           ) -> Scored:
    """Return what the stages up to scoring make of these texts, without a folder: quick enough for properties.

    kept: the periods that are frozen.
    """
    pairs = []
    problems: list[Problem] = []
    for path, text in {**(BASE if base else {}), **files}.items():
        folder, _, name = path.partition("/")
        one = raw(folders()[folder], text, name.removesuffix(".yml").rpartition("/")[2])
        found = validate.validate(one, kinds())
        if isinstance(found, list):
            problems += found
        else:
            pairs.append((row_of(found, one, as_of), found))
    schemes = {row.id: one for row, one in pairs if isinstance(one, Scheme)}
    register, dangling = link.link(row for row, _ in pairs)
    paths = {row.key: row.path for row, _ in pairs}
    unsound = score.check_rules(schemes, paths)
    problems += [*dangling, *unsound]
    if unsound:
        return Scored(Results(), problems, register, schemes)
    since = "0001-01-01" if any(row.kind == "bulletin" for row, _ in pairs) else ""
    facts = score.facts_of(pairs, schemes, as_of, since)
    problems += score.check_findings(facts, schemes, paths, as_of)
    results, overdrawn = score.score(schemes, facts, register, as_of, kept)
    return Scored(results, problems + overdrawn, register, schemes)


Measured = tuple[int, Fact]
"""A fact, and the index of the measure that counts it."""


def grouped(scheme: Scheme, facts: Iterable[Measured]) -> Grouped:
    """Return facts as boards are made of them: by subject and measure, in the order given."""
    found: dict[str, list[list[Fact]]] = {}
    for measure, fact in facts:
        found.setdefault(fact.subject, [[] for _ in scheme.measures])[measure].append(fact)
    return found


def board(results: Results, family: str, period: str = "", scope: str = "", examples: bool = False) -> Outcome:
    """Return one outcome; fails where there is none, or more."""
    [found] = [o for o in results.outcomes if o.key == (family, period, scope, examples)]
    return found


def standing(outcome: Outcome, subject: str) -> Standing:
    """Return a subject's standing in an outcome."""
    return next(s for s in outcome.standings if s.subject == subject)


def opened(standing: Standing) -> tuple[object, ...]:
    """Return a standing with its contributions as readers see them."""
    return (standing._replace(tallies=()), [(t._replace(facts=(), parts=()), t.credits) for t in standing.tallies])


def ranks(outcome: Outcome) -> dict[str, tuple[int | None, str]]:
    """Return each subject's rank, and its value as text or else the reason why there is none; in their order."""
    return {s.subject: (s.rank, str(s.reason) if s.value is None else f"{s.value:f}") for s in outcome.standings}


def tree(folder: Path) -> dict[str, str]:
    """Return path -> sha256 of every file below a folder; what is remembered for the next build is left out."""
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file() and ".cache" not in p.relative_to(folder).parts}


LASTING = re.compile(r"assets/.*\.([0-9a-f]{8})\.(min\.)?[a-z0-9]+(\.gz|\.br)?")


def torn(out: Path) -> list[str]:
    """Return what is wrong with the release that `current` leads to: files that its manifest does not vouch for.

    Assets of other releases may lie there, under names that carry their digest: pages that are open ask for them.
    """
    current = out / "current"
    if not current.is_symlink() or not (current / "manifest.json").is_file():
        return ["no current release"]
    named = {p: digest for p, (digest, _) in json.loads((current / "manifest.json").read_bytes())["files"].items()}
    there = {p: digest for p, digest in tree(current.resolve()).items() if p != "manifest.json"}
    spare = {path for path in there.keys() - named.keys() if (found := LASTING.fullmatch(path))
             and (found[3] or there[path].startswith(found[1]))}
    return sorted(path for path in (named.keys() | there.keys()) - spare if named.get(path) != there.get(path))


def content(out: Path) -> dict[str, str]:
    """Return path -> sha256 of every file of the release that stands, without what it carries of other releases."""
    named = json.loads((out / "current/manifest.json").read_bytes())["files"]
    return {path: digest for path, digest in tree((out / "current").resolve()).items()
            if path in named or path == "manifest.json"}


def gongshi(*args: str, cwd: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own, from the folder `cwd`."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *args], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT), **environment})
