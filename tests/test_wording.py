"""Every code of the catalogue can be provoked, says itself in two languages, and is raised by nothing else."""

from __future__ import annotations

import os
import re
import stat
import string
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PIL.PngImagePlugin import PngInfo

from generator import cli, validate
from generator.config import SCHEMA_VERSION
from generator.problem import ContentError, Problem
from generator.wording import DESK, EVERYTHING, NOTES, ROWS, SHEETS, TERMS, WORDING, rule
from tests.pictures import bomb, picture
from tests.sites import (
    APPEALED,
    BASE,
    CODE,
    CONFIG,
    ISSUED,
    LISTED,
    RATED,
    SPENT,
    build_site,
    codes,
    frozen,
    problems,
    scored,
)

CASE = "title: 漏水\nsource: press\ncategory: 漏水\n"
STARS = RATED["schemes/stars.yml"]
POINTS = RATED["schemes/points.yml"]
VISIT = RATED["assessments/b3-2026.yml"]
ENTRY = LISTED["listings/l-0001.yml"]
APPEAL = APPEALED["appeals/a-0001.yml"]
MEETING = ("title: 楼下议事\nsource: press\ntype: 议事会\nitems:\n  - title: 长凳\n    resolutions:\n"
           '      - {id: bench, text: 添长凳, amount: "30.00"}\n')
DECIDED = "decided: 2026-05-01\ndecided_by: {by}\noutcome: {outcome}\nreasons: 复查属实。\n"
AGREED = "consent: {given: 2026-05-06}\n"
NEED = "title: 想装灯\nsource: press\nform: 需求\n"
SAID = "title: 感谢\nsource: press\nform: 感谢\nspeaker: 李阿姨\nwords: 多谢你们\nground: consent\n"
SERVICE = "title: 理发\nsource: press\ncharge: 低偿\nprices: [{item: 理发, amount: \"5.00\"}]\n"
GIVEN = "title: 捐款\nsource: press\ndonors: [某企业]\ngifts:\n  - {item: 爱心款, amount: \"10.00\"}\n"
USED = "uses: [{item: 爱心款, amount: \"10.01\", purpose: 换灯}]\n"
CHECKED = ("title: 检查\nsource: press\ninspectors: [清水社区]\nfindings:\n"
           "  - {what: 灭火器过期, responsible: 清水物业, remedy: "
           "{date: 2026-05-10, verified: 2026-05-12, verified_by: 核实组}}\n")
ISSUE = ("title: 第26周调度\nsource: press\narea: estate\nseries: 一周一调度\nperiod: 2026-W26\n"
         "published: 2026-06-29\n")
INDICATOR = "title: 数\nsource: press\nreadings: [{period: 2026-Q1, target: 九成}]\n"
AMENDED = ("amendments: [{date: 2026-02-01, period: 2026-Q1, was: 九成, to: 八成, reason: 雨, decided_by: 街道}]\n")
EXCEPTION = ("privacy_exceptions:\n  - {what: phone, at: note, reason: 急事, ground: 办法, decided_by: 街道, "
             "since: 2026-06-01, until: 2026-12-01}\n")
CJK = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Fault:
    """What to lay over the clean site so that one code appears, so many times; `act` may spoil what text can't.

    format: the one that the program is made to use; failing: the program is made to stumble over the first case.
    """

    files: dict[str, str | bytes] = field(default_factory=dict)
    config: str = CONFIG
    act: Callable[[Path], object] = lambda config: None
    built: bool = False
    times: int = 1
    format: int = SCHEMA_VERSION
    failing: bool = False


def case(more: str) -> Fault:
    """Return a site with one more case that holds these lines."""
    return Fault({"cases/bad.yml": CASE + more})


def rated(**changed: str) -> Fault:
    """Return a site with a star rating in which some files are changed; `a__b` stands for `a/b.yml`."""
    return Fault({**RATED, **{f"{name.replace('__', '/')}.yml": text for name, text in changed.items()}})


FAILED = VISIT.replace("points: 50", "points: 20") + (
    "basis: 办法\nevidence: [照片]\nnotified: 2026-07-02\nreply_channel: 大厅\ndecided_by: 街道办\n"
    "expires: 2026-12-31\n")


def listed(old: str, new: str) -> Fault:
    """Return a site with a black entry in which one line is another."""
    assert old in ENTRY
    return Fault({**LISTED, "listings/l-0001.yml": ENTRY.replace(old, new)})


def appealed(more: str) -> Fault:
    """Return a site with a star rating and an appeal that holds these lines too."""
    return Fault({**RATED, "appeals/a-0001.yml": APPEAL + more})


def versions(*more: str) -> Fault:
    """Return a site with the points scheme and others like it, each with some lines more, and each at fault."""
    return replace(rated(**{f"schemes__points-{i}": POINTS + text for i, text in enumerate(more, 2)}), times=len(more))


def fund(opening: str = 'opening: {date: 2026-01-01, amount: "100.00"}\n', spent: str = "20.00",
         resolution: str = "bench", more: str = "") -> Fault:
    """Return a site with a meeting that approved 30 yuan, and a fund that spent some of it."""
    return Fault({"meetings/talk.yml": MEETING, "funds/b3.yml": (
        f"title: 3栋经费\nsource: press\n{opening}entries:\n"
        '  - {date: 2026-01-05, flow: 收入, item: 会费, amount: "50.00", receipt: S-1}\n'
        f'  - {{date: 2026-02-10, flow: 支出, item: 长凳, amount: "{spent}", '
        f"approval: {{meeting: talk, resolution: {resolution}}}}}\n{more}")})


def meeting(vote: str) -> Fault:
    """Return a site with a meeting that voted like this."""
    return Fault({"meetings/talk.yml": MEETING.replace("    resolutions", f"    vote: {{{vote}}}\n    resolutions")})


def issued(old: str, new: str) -> Fault:
    """Return a site with a short code in which one line is another."""
    record = ISSUED[f"codes/{CODE}.yml"]
    assert old in record
    return Fault({**ISSUED, f"codes/{CODE}.yml": record.replace(old, new)})


EARLIER = {**RATED, "activities/old.yml": RATED["activities/clean.yml"].replace("2026", "2025")}


def kept(spoil: Callable[[dict[str, str | bytes]], object]) -> Fault:
    """Return a site with a frozen outcome of 2025 that somebody has touched."""
    written = frozen(scored(EARLIER).board("points", "2025"))
    spoil(written)
    return Fault({**EARLIER, **written})


NOTED = PngInfo()
NOTED.add_text("Author", "清水社区")


def _add_number(config: Path) -> None:
    (config.parent / "own/assets").mkdir(parents=True)
    (config.parent / "own/assets/call.txt").write_text("13800138000\n", encoding="utf-8")


def _add_paper(config: Path) -> None:
    (config.parent / "own/assets").mkdir(parents=True)
    (config.parent / "own/assets/paper.pdf").write_bytes(b"%PDF-1.7\n\xff\xfe")


def _link(config: Path) -> None:
    (config.parent / "content/cases/link.yml").symlink_to("leak.yml")


def photos(more: str = "", **files: bytes) -> Fault:
    """Return a site with a case that shows one photo, and whatever lies beside that below content/photos."""
    shown = f"images:\n  - {{file: a.png, alt: 亮了灯的楼梯间}}\n{more}"
    return Fault({"cases/lamp.yml": CASE + shown, "photos/a.png": picture(), **{
        f"photos/{name.replace('_', '.')}": data for name, data in files.items()}})


def another(line: str, **files: bytes) -> Fault:
    """Return a site with a case that shows a second photo, written like this."""
    return photos(f"  - {{{line}}}\n", **files)


FAULTS: dict[str, Fault] = {
    "unknown-folder": Fault({"case/a.yml": CASE}),
    "unexpected-file": Fault({"cases/a.txt": "x"}),
    "symlink": Fault(act=_link),
    "not-a-file": Fault(act=lambda config: (config.parent / "content/cases/x.yml").mkdir()),
    "bad-id": Fault({"cases/Lou_Dao.yml": CASE}),
    "duplicate-id": Fault({"cases/more/leak.yml": CASE}),
    "id-differs": case("id: worse\n"),
    "too-large": case("description: " + "x" * 300_000),
    "unreadable": Fault(act=lambda config: os.mknod(config.parent / "content/cases/x.yml", stat.S_IFSOCK | 0o600)),
    "not-utf8": Fault({"cases/bad.yml": "title: 楼道漏水\n".encode("gbk")}),
    "empty-file": Fault({"cases/bad.yml": ""}),
    "hidden-character": case("note: a\u202eb\n"),
    "lookalike-character": case("note: 居\u2ea0\n"),
    "piled-marks": case("note: a" + "\u0301" * 9 + "\n"),
    "photo-path": another("file: ../a.png, alt: 楼梯间全景"),
    "photo-alt": another("file: b.png, alt: b.png", b_png=picture()),
    "pair-unclear": photos("".join(f"  - {{file: a.png, alt: 楼梯间全景, shows: {when}}}\n"
                                   for when in ("before", "before", "after"))),
    "photo-missing": another("file: b.png, alt: 楼梯间全景"),
    "photo-unused": photos(b_png=picture()),
    "photo-mixed": Fault({f"cases/{name}.yml": f"{CASE}{mark}images: [{{file: a.png, alt: 亮了灯的楼梯间}}]\n"
                          for name, mark in (("a", ""), ("b", "illustrative: true\n"))} | {"photos/a.png": picture()}),
    "photo-too-large": another("file: b.jpg, alt: 楼梯间全景", b_jpg=b"\xff\xd8\xff" * 7_000_000),
    "photo-type": another("file: b.svg, alt: 楼梯间全景", b_svg=b"<svg/>"),
    "photo-heic": another("file: b.jpg, alt: 楼梯间全景", b_jpg=b"\0\0\0\x18ftypheic"),
    "photo-broken": another("file: b.png, alt: 楼梯间全景", b_png=picture()[:60]),
    "photo-pixels": another("file: b.png, alt: 楼梯间全景", b_png=bomb()),
    "yaml-syntax": case("note: a: b\n"),
    "yaml-anchor": case("note: *a\n"),
    "yaml-tag": case("note: !!int 3\n"),
    "yaml-depth": case("note: " + "[" * 40),
    "yaml-documents": case("---\na: b\n"),
    "duplicate-key": case("category: 噪声\n"),
    "bad-key": case("note: {{a}}\n"),
    "not-a-mapping": Fault({"cases/bad.yml": "- a\n"}),
    "unknown-key": case("catgory: x\n"),
    "missing-key": Fault({"cases/bad.yml": "title: 漏水\nsource: press\n"}),
    "empty-value": Fault({"cases/bad.yml": "title: 漏水\nsource: press\ncategory:\n"}),
    "wrong-type": case("evidence: 一张照片\n"),
    "not-one-of": Fault({"areas/bad.yml": "title: 某处\nsource: press\nlevel: 小曲\n"}),
    "not-a-number": case("satisfaction: 很好\n"),
    "out-of-range": case("satisfaction: 9\n"),
    "too-long": case("place: " + "长" * 201),
    "too-few": Fault({"cases/bad.yml": "title: 漏水\nsource: []\ncategory: 漏水\n"}),
    "one-line": case("place: |\n  一\n  二\n"),
    "blank-text": case('place: "  "\n'),
    "bad-money": Fault({"projects/bad.yml": "title: 加装\nsource: press\nbudget: 三万\n"}),
    "bad-date": case("reported: 2026/5/6\n"),
    "no-such-day": case("reported: 2026-02-30\n"),
    "date-range": case("reported: 1026-02-03\n"),
    "inferred-without-ground": case("reported: {value: 2026-05-06, inferred: year}\n"),
    "bad-period": Fault({"indicators/bad.yml": "title: 数\nsource: press\nreadings: [{period: 2026-Q5, actual: 9}]\n"}),
    "one-of": Fault({"honours/bad.yml": "title: 奖\nsource: press\naward: 奖\n"}),
    "invalid": Fault(config="identity: {name: 清水}\ntimezone: Mars/Olympus\n"),
    "bad-reference": case("area: 3栋\n"),
    "missing-reference": case("area: b33\n"),
    "reference-kind": Fault({"honours/bad.yml": "title: 奖\nsource: press\naward: 奖\nrecipient: b3\n"}),
    "area-cycle": Fault({"areas/loop.yml": "title: 圈\nsource: press\nlevel: 网格\narea: loop\n"}),
    "address-taken": case("formerly: [leak]\n"),
    "name-without-ground": case("steps: [{date: 2026-05-06, action: 上门, actor: 李四海}]\n"),
    "name-masked-elsewhere": Fault({"volunteers/li.yml": RATED["volunteers/li.yml"], "honours/bad.yml": (
        "title: 李四海获评好邻居\nsource: press\naward: 奖\nrecipient: volunteer/li\n")}),
    "consent-missing": Fault({"volunteers/bad.yml": "title: 张三\nsource: press\nground: consent\n"}),
    "consent-without-ground": Fault({"volunteers/bad.yml": "title: 张某\nsource: press\n" + AGREED}),
    "minor-named": Fault({"volunteers/bad.yml": "title: 张三\nsource: press\nground: press\nminor: true\n"}),
    "minor-perhaps": Fault({
        "volunteers/bad.yml": "title: 张三\nsource: press\nground: press\ndescription: 初二学生\n"}),
    "guardian-needed": Fault({"volunteers/bad.yml": (
        "title: 张某\nsource: press\nground: consent\nminor: true\n" + AGREED)}),
    "group-of-few": case("area: b3\nclaims: [{label: 低保户, words: 2户, number: 2}]\n"),
    "singled-out": Fault({"needs/lamp.yml": NEED + "area: b3\nasker: 独居老人\n"}),
    "unmasked-name": Fault({"volunteers/bad.yml": "title: 张三\nsource: press\n"}),
    "state-beside-milestones": Fault({
        "projects/bad.yml": "title: 加装\nsource: press\nstate: 办理中\nmilestones: [{name: 开工}]\n"}),
    "unknown-milestone": Fault({"projects/bad.yml": (
        "title: 加装\nsource: press\nmilestones: [{name: 开工}]\n"
        "amendments: [{date: 2026-01-01, milestone: 完工, planned: 2026-09-01, reason: 雨}]\n")}),
    "confirmed-before-resolved": case("confirmed: 2026-05-09\n"),
    "outside-plan": Fault({"areas/bad.yml": "title: 小区\nsource: press\nlevel: 小区\nplan:\n  width: 330\n"
                           "  height: 200\n  shapes:\n    - {label: 3栋, x: 300, y: 10, w: 80, h: 40}\n"}),
    "ladder-order": case(
        "ladder:\n  - {level: 网格长联办, date: 2026-05-06}\n  - {level: 社区自办, date: 2026-05-07}\n"),
    "dates-reversed": case("reported: 2026-05-06\nresolved: 2026-05-05\n"),
    "scheme-incomplete": Fault({"schemes/bad.yml": "title: 榜\nsource: press\nform: leaderboard\nrule: 无\n"}),
    "band-gap": rated(schemes__stars=STARS.replace("floor: 0", "floor: 1")),
    "band-out-of-reach": rated(schemes__stars=STARS.replace("floor: 90", "floor: 101")),
    "same-criterion": rated(schemes__stars=STARS.replace("id: tidy", "id: fire")),
    "measure-needs": rated(schemes__points=POINTS.replace("take: sum", "take: count")),
    "zero-divisor": rated(schemes__points=POINTS.replace("of: hours", "of: hours, worst: 3, best: 3")),
    "floor-over-cap": rated(schemes__points=POINTS.replace("of: hours", "of: hours, floor: 3, cap: 2")),
    "bands-upside-down": rated(schemes__points=POINTS + "direction: low\nbands: [{floor: 0, word: 起步}]\n"),
    "weights-not-full": rated(schemes__stars=STARS + "full: 90\n"),
    "weight-unbounded": rated(schemes__points=POINTS + "full: 100\n"),
    "scheme-cycle": rated(schemes__points=POINTS + "replaces: points\neffective: 2026-01-01\n"),
    "version-differs": versions("replaces: stars\neffective: 2026-02-01\n"),
    "version-twice": versions(*["replaces: points\neffective: 2026-02-01\n"] * 2),
    "version-not-in-force": rated(**{"schemes__stars-2": STARS + "replaces: stars\neffective: 2026-03-01\n"}),
    "compares-differs": rated(schemes__better=(
        POINTS[:POINTS.index("measures")].replace("period: year", "period: month") + "compares: points\n")),
    "wrong-form": rated(**{"assessments__b3-2026": VISIT.replace("scheme: stars", "scheme: points")}),
    "not-spendable": Fault({**RATED, **SPENT, "redemptions/r-0001.yml": SPENT["redemptions/r-0001.yml"].replace(
        "scheme: points", "scheme: stars")}),
    "wrong-field": rated(schemes__points=POINTS + "valid_months: 12\n"),
    "stars-fall": rated(schemes__stars=STARS.replace("stars: 3", "stars: 5").replace("word: 五星, stars: 5",
                                                                                   "word: 五星, stars: 4")),
    "not-notified": rated(**{"assessments__b3-2026": FAILED}),
    "listed-twice": Fault({**LISTED, "listings/l-0002.yml": LISTED["listings/l-0001.yml"]}),
    "listed-too-long": listed("expires: 2026-12-01", "expires: 2026-12-02"),
    "same-decider": listed("decided_by: 街道复核组", "decided_by: 社区评定小组"),
    "one-with-another": listed("expires", "rectification: {what: 已清, date: 2026-06-05, evidence: [照片], "
                               "verified: 2026-06-06}\nexpires"),
    "day-needed": listed("expires: 2026-12-01", "expires: 2026-12"),
    "day-outside-year": Fault({"holidays/y2027.yml": "title: 放假\nsource: press\nyear: 2027\noff: [2026-10-01]\n"}),
    "unknown-reading": Fault({"indicators/bad.yml": INDICATOR + AMENDED.replace("period: 2026-Q1", "period: 2026-Q2")}),
    "baseline-differs": Fault({"indicators/bad.yml": INDICATOR + AMENDED.replace("was: 九成", "was: 八成")}),
    "period-of-other-length": Fault({"duties/bad.yml": (
        "title: 公开\nsource: press\nwhat: 账\nby_words: 自治会\nbasis: 办法\nevery: 每月\nwithin_days: 9\n"
        "since: 2026-W01\n")}),
    "id-not-serial": Fault({**RATED, "redemptions/zhang-oil.yml": SPENT["redemptions/r-0001.yml"]}),
    "appeal-incomplete": appealed("decided: 2026-05-01\n"),
    "appeal-not-carried-out": appealed(DECIDED.format(by="街道办", outcome="撤销")),
    "balance-below-zero": Fault({**RATED, "redemptions/r-0001.yml": SPENT["redemptions/r-0001.yml"].replace(
        "points: 2", "points: 3")}),
    "other-subject": Fault({**RATED, "areas/b1.yml": BASE["areas/b3.yml"], "assessments/b1.yml": VISIT.replace(
        "area/b3", "area/b1"), "assessments/b3-2026.yml": VISIT + "withdrawn: {date: 2026-05-01, reason: 改判}\n",
        "appeals/a-0001.yml": APPEAL + DECIDED.format(by="街道办", outcome="改判")
        + "new_assessment: b1\n"}),
    "closed-twice": kept(lambda files: files.update(frozen(scored(EARLIER).board("points", "2025"), "points-again"))),
    "bulletin-twice": Fault({"bulletins/a.yml": ISSUE, "bulletins/b.yml": ISSUE}),
    "other-period": Fault({"bulletins/a.yml": ISSUE.replace("2026-W26", "2026-06")}),
    "outcome-edited": kept(lambda files: files.update({"outcomes/points-2025.json": b"[]"})),
    "outcome-rows-missing": kept(lambda files: files.pop("outcomes/points-2025.json")),
    "unknown-measure": rated(schemes__points=POINTS.replace("of: hours", "of: hour")),
    "criterion-unknown": rated(assessments__second=VISIT + "  - {criterion: noise, points: 1}\n"),
    "criterion-missing": rated(assessments__second=VISIT.replace("  - {criterion: tidy, points: 30}\n", "").replace(
        "50", "60")),
    "points-over-max": rated(assessments__second=VISIT.replace("points: 30", "points: 41")),
    "no-due-process": rated(assessments__second=VISIT.replace("50", "20")),
    "resident-named": Fault({"needs/lamp.yml": NEED + "asker: 王建国\n"}),
    "health-detail": Fault({"feedback/thanks.yml": SAID.replace("多谢你们", "我的糖尿病好多了")}),
    "free-with-price": Fault({"services/hair.yml": SERVICE.replace("低偿", "免费")}),
    "same-gift": Fault({"donations/rice.yml": GIVEN.replace("gifts:", "gifts:\n  - {item: 爱心款, amount: \"1.00\"}")}),
    "unknown-gift": Fault({"donations/rice.yml": GIVEN + "uses: [{item: 大米, purpose: 食堂}]\n"}),
    "used-more-than-given": Fault({"donations/rice.yml": GIVEN + USED}),
    "not-together": Fault({"agreements/pair.yml": (
        "title: 结对\nsource: press\nparties: [甲]\npledges: [{text: 开会, due: 2026-05-01, every: 每月}]\n")}),
    "self-verified": Fault({"inspections/fire.yml": CHECKED.replace("核实组", "清水 物业")}),
    "illustrative-credit": rated(assessments__second=VISIT + "illustrative: true\n"),
    "not-rated": rated(assessments__second=VISIT.replace("area/b3", "area/estate")),
    "illustrative-source": Fault({
        "documents/made.yml": BASE["documents/press.yml"] + "illustrative: true\n",
        "cases/bad.yml": CASE.replace("press", "made")}),
    "opening-missing": fund(opening=""),
    "before-opening": fund(opening='opening: {date: 2026-02-01, amount: "100.00"}\n'),
    "said-twice": fund(more='  - {date: 2026-03-01, flow: 收入, item: 会费, amount: "5.00", receipt: S-1}\n'),
    "statement-differs": fund(more='statements: [{period: 2026-Q1, income: "50.00", spending: "20.00", '
                              'closing: "131.00"}]\n'),
    "more-than-all": fund(more="dues: [{period: 2026, households: 3, paid: 4}]\n"),
    "unknown-resolution": fund(resolution="bnech"),
    "over-approved": fund(spent="30.01"),
    "votes-differ": meeting("cast: 9, agree: 3, against: 2, abstain: 1"),
    "bad-share": meeting("majority: {words: 过半, share: 3/2}"),
    "not-unanimous": meeting("unanimous: true, against: 1"),
    "vote-not-carried": meeting("result: 通过, agree: 3, against: 3, abstain: 0, majority: {words: 过半, share: 1/2, "
                                "bound: more_than}"),
    "vote-carried": meeting("result: 未通过, electorate: 6, agree: 4, against: 2, abstain: 0, quorum: {words: 过半, "
                            "share: 1/2}, majority: {words: 过半, share: 1/2, bound: more_than}"),
    "resolved-without-vote": meeting("result: 未通过"),
    "resolution-twice": Fault({"meetings/talk.yml": MEETING + "      - {id: bench, text: 又一条}\n"}),
    "personal-id": case("note: 11010519491231002X\n"),
    "personal-id-like": case("note: 110105194912310021\n"),
    "personal-phone": case("note: 13800138000\n"),
    "personal-bank-card": case("note: 6222020000000000000\n"),
    "personal-plate": case("note: 湘B12345\n"),
    "personal-address": case("note: 3栋2单元501室\n"),
    "personal-passport": case("note: 护照E00012345\n"),
    "personal-wechat": case("note: 微信号abc_0001\n"),
    "personal-qq": case("note: QQ 10000012\n"),
    "personal-email": case("note: office@example.org\n"),
    "personal-gps": case("note: 27.8273, 113.1516\n"),
    "personal-mask": case("note: 张*三\n"),
    "no-config": Fault(act=lambda config: config.unlink()),
    "newer-format": Fault(config=CONFIG + "schema_version: 999\n"),
    "older-format": Fault(format=2),
    "no-folder": Fault(config=CONFIG + "content: inhalt\n"),
    "outside-folder": Fault(config=CONFIG + "content: ..\n"),
    "just-one": Fault(config=CONFIG + "sections: [{kind: case, page: boards}]\n"),
    "mkdocs-refused": Fault(config=CONFIG + "mkdocs: {markdown_extensions: [{toc: {no_such: 1}}]}\n", built=True),
    "tangled-page": Fault({"pages/a.md": "# 甲\n\n" + "[" * 5000 + "\n"}),
    "unforeseen": Fault(failing=True),
    "reserved-setting": Fault(config=CONFIG + "mkdocs: {docs_dir: elsewhere}\n", built=True),
    "no-chinese": Fault(config=CONFIG + "languages: [en]\n"),
    "bad-registration": Fault(config=CONFIG.replace("清水公示", "清水公示, icp: 湘ICP备")),
    "unknown-section": Fault(config=CONFIG + "sections: [{kind: lamp}]\n"),
    "bad-link": case('note: "[x](javascript:alert(1))"\n'),
    "bad-repository": Fault(config=CONFIG + "repository: {forge: github, url: https://github.com/}\n"),
    "bad-page": issued("to: area/b3", "page: /boards/points"),
    "code-withdrawn": issued("purpose", "withdrawn: {date: 2026-06-01, reason: 牌子丢了}\npurpose"),
    "code-deleted": Fault({"codes/issued.txt": ISSUED["codes/issued.txt"]}),
    "code-not-issued": Fault({f"codes/{CODE}.yml": ISSUED[f"codes/{CODE}.yml"]}),
    "ledger-line": Fault({**ISSUED, "codes/issued.txt": ISSUED["codes/issued.txt"] * 2}),
    "built-personal": Fault(config=CONFIG + "theme: own\n", act=_add_number, built=True),
    "built-metadata": Fault({"pages/map.png": picture(pnginfo=NOTED)}, built=True),
    "built-unseen": Fault(config=CONFIG + "theme: own\n", act=_add_paper, built=True),
    "exception-unused": case(EXCEPTION),
    "broken-link": Fault({"cases/bad.yml": CASE + 'description: "见[此处](/cases/gone.html)"\n'}, built=True),
}


def provoke(fault: Fault, make_site: Callable[..., Path]) -> list[Problem]:
    """Return the Problems of the clean site with one fault laid over it."""
    config = make_site(fault.files, fault.config)
    fault.act(config)
    if not fault.built:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("generator.config.SCHEMA_VERSION", fault.format)
            if fault.failing:
                patch.setattr("generator.records.case.Case.status", None)
            return problems(config)
    with pytest.raises(ContentError) as raised:
        build_site(config, config.parent / "site")
    return raised.value.problems


def test_every_code_has_a_fixture() -> None:
    """The catalogue and the table of fixtures name the same codes: none unproved, none invented."""
    assert FAULTS.keys() == WORDING.keys()


@pytest.mark.parametrize("code", FAULTS)
def test_code_is_provoked_alone_and_says_itself(make_site: Callable[..., Path], code: str) -> None:
    """The fixture gives exactly its one code, in whole sentences of either language, on a line of its own."""
    found = provoke(FAULTS[code], make_site)
    assert codes(found) == [code] * FAULTS[code].times
    for language, stop in (("zh", "。"), ("en", ". ")):
        line = found[0].line(language)
        assert line.startswith(f"{found[0].place}: ") and line.endswith(f" [{code}]") and stop in line
        assert not re.search(r"[{]\w+[}]", line.replace("{{", "")) and "\n" not in line
    assert CJK.search(found[0].message("zh"))


QUOTED = re.compile(r"`[^`]*`|\([^)]*\)|“[^”]*”")
LISTED = ("label", "known", "allowed", "names", "kinds", "needs", "path", "near")
SPOKEN = {"ladder-order": "社区自办→责任单位承办→网格长联办→领导小组交办", "unmasked-name": "张某, 李阿姨"}


@pytest.mark.parametrize("code", FAULTS)
def test_english_is_english(make_site: Callable[..., Path], code: str) -> None:
    """English messages hold Chinese only as quoted content: labels, values, enumerated words."""
    for problem in provoke(FAULTS[code], make_site):
        said = problem.message("en").replace(SPOKEN.get(code, "\0"), "")
        for name in LISTED:
            said = said.replace(str(problem.values.get(name) or "\0"), "")
        assert not CJK.search(QUOTED.sub("", said))


def test_no_code_stands_in_two_tables() -> None:
    """A code says one thing, whichever room says it."""
    assert len(EVERYTHING) == sum(len(table) for table in (WORDING, NOTES, SHEETS, ROWS, DESK))


@pytest.mark.parametrize("code", EVERYTHING)
def test_both_languages_have_the_same_gaps(code: str) -> None:
    """Whatever Chinese names, English names too, and without a case both still say what is wrong and what to do."""
    gaps = {language: {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
            for language, texts in EVERYTHING[code].items()}
    assert gaps["zh"] == gaps["en"] and gaps.keys() == {"zh", "en"}
    for text in (*rule(code, "zh"), *rule(code, "en")):
        assert text.strip() and not re.search(r"(?<!{){[a-z_]+}", text)


def test_commands_that_are_named_exist() -> None:
    """Whoever is told to run `gongshi …` finds the command."""
    texts = [text for entry in EVERYTHING.values() for pair in entry.values() for text in pair]
    named = {name for text in texts for name in re.findall(r"gongshi ([a-z]+)", text)}
    assert {"close", "new"} <= named <= set(cli.main.list_commands(None))


def test_types_are_said_in_chinese() -> None:
    """What a value should be, and what it is, are words of the catalogue in either language."""
    assert {*validate.EXPECTS.values(), *validate.FOUND.values()} <= TERMS.keys()
