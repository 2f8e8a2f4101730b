"""`gongshi diff`: what becomes public by a change, each line of what a reviewer has to know."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import cli
from generator.desk.diff.told import GRAVE
from generator.desk.freeze import close
from tests.pictures import picture
from tests.repositories import codes, entries, git, told, town
from tests.sites import AS_OF, BASE, CODE, CONFIG, ISSUED, LISTED, RATED, SPENT, quiet

LEAK = BASE["cases/leak.yml"]
CLEAN = RATED["activities/clean.yml"]
PERSON = "title: 王小明\nsource: press\nrole: 楼栋长\nground: office\narea: b3\n"
WEEK = ("title: 第19周调度\nsource: press\nseries: 一周一调度\narea: estate\nperiod: 2026-W19\npublished: 2026-05-11\n"
        "comment: 漏水当周办结。\n")
FUND = ("title: 3栋公共经费账\nsource: press\narea: b3\nopening: {date: 2026-01-01, amount: \"320.00\"}\n"
        "entries:\n  - {date: 2026-01-20, flow: 收入, item: 公共经费, amount: \"60.00\"}\n")


def test_same_content_is_no_change(tmp_path: Path) -> None:
    """Comments, order, another way to write the same, and a file moved within its folder change nothing public."""
    site = town(tmp_path)
    moved = "# 备注\nsource: {document: press}\ntitle: \"楼道漏水\"\n" + LEAK.partition("source: press\n")[2]
    found = site.changed({"cases/leak.yml": None, "cases/2026/leak.yml": moved})
    assert found.is_empty and found.sections == ()


def test_added_record_is_told_with_its_fields(tmp_path: Path) -> None:
    """A new record stands with what it says, by the labels of its kind, references by their titles."""
    found = town(tmp_path).changed({"cases/lamp.yml": LEAK.replace("楼道漏水", "楼灯不亮")})
    assert entries(found, "added")[0].title == "楼灯不亮"
    fields = told(found, "added")["case/lamp"]
    assert fields["所在地"] == ("", "3栋") and fields["办结"] == ("", "2026-05-08")
    assert fields["四级办理"] == ("", "社区自办，日期 2026-05-06，限期 2026-05-13") and "标题" not in fields


def test_changed_fields_stand_before_and_after(tmp_path: Path) -> None:
    """Each changed field is told once, of a list only the item that changed, by its name or its number."""
    site = town(tmp_path, {"cases/leak.yml": LEAK + "steps:\n  - {date: 2026-05-06, action: 关阀}\n"
                                                    "  - {date: 2026-05-07, action: 疏通}\n"})
    found = site.changed({"cases/leak.yml": LEAK.replace("due: 2026-05-13", "due: 2026-05-20").replace(
        "category: 漏水", "category: 渗水") + "evidence: [照片]\nsteps:\n  - {date: 2026-05-06, action: 关阀}\n"
        "  - {date: 2026-05-07, action: 换管}\n  - {date: 2026-05-08, action: 试水}\n"})
    assert told(found, "changed") == {"case/leak": {
        "类别": ("漏水", "渗水"), "四级办理“社区自办”·限期": ("2026-05-13", "2026-05-20"),
        "办理过程 第 2 项·事项": ("疏通", "换管"), "办理过程 第 3 项": ("", "日期 2026-05-08，事项 试水"),
        "办结凭据": ("", "照片")}}


def test_long_texts_are_compared_inside(tmp_path: Path) -> None:
    """Of a long text only what came and went is shown, with a little around it."""
    text = "今天上午物业到现场查看，确认是三楼的排水管老化开裂，已经联系维修单位，预计两天内修好。"
    site = town(tmp_path, {"cases/leak.yml": f"{LEAK}description: {text}\n"})
    found = site.changed({"cases/leak.yml": f"{LEAK}description: {text.replace('两天', '三天')}\n"})
    [change] = entries(found, "changed")[0].changes
    assert [(p.sign, p.text) for p in change.pieces] == [
        ("=", "…经联系维修单位，预计"), ("-", "两"), ("+", "三"), ("=", "天内修好。")]


def test_withdrawn_record_is_told_and_not_repeated(tmp_path: Path) -> None:
    """A withdrawal is told with its reason; what the record said is not said once more."""
    found = town(tmp_path).changed({"cases/leak.yml": LEAK.replace("楼道漏水", "不再公开") +
                                    "withdrawn: {date: 2026-06-01, reason: 居民要求}\n"})
    [entry] = entries(found, "withdrawn")
    assert entry.remark == "2026-06-01 起：居民要求" and entry.changes == ()
    assert "changed" not in codes(found) and "漏水" not in str(found.sections)
    assert entries(found, "notices")[0].changes == (("近况", "撤回的记录不再列出", "", ()),)


def test_what_could_not_be_read_before_is_not_new(tmp_path: Path) -> None:
    """A record that is mended is told as changed, with all it says, since what it was can't be compared."""
    site = town(tmp_path, {"cases/leak.yml": LEAK + "satisfaction: 好\n"})
    site.write({"cases/leak.yml": LEAK})
    found = site.diff()
    [entry] = entries(found, "changed")
    assert codes(found) == ["changed"] and "没法比较" in entry.remark and len(entry.changes) > 3


def test_a_name_taken_out_of_a_field_is_not_repeated(tmp_path: Path) -> None:
    """Where a whole name gives way to a masked one, the change is told without it."""
    steps = "steps:\n  - {date: 2026-05-07, actor: 王小明（见报）, action: 疏通}\n"
    site = town(tmp_path, {"cases/leak.yml": LEAK + steps})
    found = site.changed({"cases/leak.yml": LEAK + steps.replace("王小明（见报）", "王某")})
    assert told(found, "changed")["case/leak"] == {
        "办理过程 第 1 项·经办": ("（不再这样公开，不在这里重复）（见报）", "王某")}
    assert "王小明" not in str(found.sections)


def test_removal_is_a_warning(tmp_path: Path) -> None:
    """A record whose file is gone is told as such, with what to do instead; another id without `formerly`, too."""
    site = town(tmp_path)
    [entry] = entries(site.changed({"cases/leak.yml": None}), "removed")
    assert "withdrawn" in entry.remark and entry.title == "楼道漏水"
    [entry] = entries(site.changed({"cases/drip.yml": LEAK}), "removed")
    assert "formerly: [leak]" in entry.remark


def test_renamed_record_is_one(tmp_path: Path) -> None:
    """With `formerly` a renamed record is one change, not one gone and one new."""
    found = town(tmp_path).changed({"cases/leak.yml": None, "cases/drip.yml": LEAK + "formerly: [leak]\n"})
    assert told(found, "renamed") == {"case/drip": {"编号": ("leak", "drip")}} and codes(found) == ["renamed"]


def test_renamed_place_keeps_its_rank_and_its_paper(tmp_path: Path) -> None:
    """A place under another id is the same place: no star moves, no fund changes, no notice is printed anew."""
    site = town(tmp_path, {**RATED, **ISSUED, "funds/b3.yml": FUND})
    follow = {path: text.replace("area: b3", "area: b03").replace("area/b3", "area/b03")
              for path, text in {**BASE, **RATED, "funds/b3.yml": FUND}.items()}
    found = site.changed({**follow, "areas/b3.yml": None, "areas/b03.yml": BASE["areas/b3.yml"] + "formerly: [b3]\n"})
    assert codes(found) == ["renamed"]


def test_places_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """A reference to another record of the same title is a change that can be seen."""
    site = town(tmp_path, {"areas/other-3.yml": BASE["areas/b3.yml"]})
    found = site.changed({"cases/leak.yml": LEAK.replace("area: b3", "area: other-3")})
    assert told(found, "changed")["case/leak"]["所在地"] == ("3栋（b3）", "3栋（other-3）")


def test_what_was_withdrawn_and_comes_back_is_told(tmp_path: Path) -> None:
    """A record that stands again is told with all it says."""
    gone = LEAK + "withdrawn: {date: 2026-06-01, reason: 核对}\n"
    [entry] = entries(town(tmp_path, {"cases/leak.yml": gone}).changed({"cases/leak.yml": LEAK}), "changed")
    assert entry.remark == "撤回过的记录重新公布" and len(entry.changes) > 3


def test_entry_that_ends_by_time_alone_is_no_change(tmp_path: Path) -> None:
    """Both versions stand on the same day, so what expires does not show; what is said in a tombstone neither."""
    ended = LISTED["listings/l-0001.yml"].replace("expires: 2026-12-01", "expires: 2026-06-15")
    site = town(tmp_path, {**LISTED, "listings/l-0001.yml": ended})
    assert site.changed({"listings/l-0001.yml": ended.replace("三张", "四张")}).is_empty


# ── who is named ─────────────────────────────────────────────────────────────────────────────────────────────


def test_person_newly_named_comes_first(tmp_path: Path) -> None:
    """A new person stands first of all, with role and ground; a masked volunteer as one whose name is masked."""
    masked = {"volunteers/v-0001.yml": "title: 张某\nsource: press\n"}
    found = town(tmp_path).changed({"people/p-0001.yml": PERSON, **masked})
    assert codes(found)[0] == "named"
    assert [(e.title, e.remark) for e in entries(found, "named")] == [
        ("王小明", "楼栋长，公开姓名的依据：因公职公开"), ("张某", "姓名已隐去一部分")]


def test_other_display_of_a_name_is_told_and_the_old_one_is_not(tmp_path: Path) -> None:
    """A changed display or ground is told under names; the name that goes is not repeated there."""
    site = town(tmp_path, {"people/p-0001.yml": PERSON})
    found = site.changed({"people/p-0001.yml": PERSON.replace("王小明", "王某").replace("office", "consent")})
    [entry] = entries(found, "named")
    assert [(c.label, c.after) for c in entry.changes] == [("公开的姓名", "王某"), ("公开姓名的依据", "本人同意")]
    assert "王小明" not in str(found.sections)


@pytest.mark.parametrize(("actor", "names"), [
    ("周小兰（公职）", True), ("楼栋长周小兰（见报）", True), ("周某", False), ("物业公司", False), ("周阿姨", False)])
def test_whole_name_in_another_record_is_pointed_at(tmp_path: Path, actor: str, names: bool) -> None:
    """A whole name where a record says who is pointed at once, with its ground, when it is new or has another one."""
    step = LEAK + "steps:\n  - {date: 2026-05-06, actor: %s, action: 关阀}\n"
    site = town(tmp_path)
    found = site.changed({"cases/leak.yml": step % actor})
    assert ("named" in codes(found)) is names
    if names:
        told = "因公职公开" if "公职" in actor else "报纸登过"
        assert entries(found, "named")[0].remark == f"写到了全名“周小兰”（依据：{told}）：请核对依据"
    site.commit({})
    assert "named" not in codes(site.changed({"cases/leak.yml": step % actor + "place: 楼道\n"}))
    if names:
        assert "named" in codes(site.changed({"cases/leak.yml": step % "周小兰（见报，公职）".replace(
            "见报，" if "见报" in actor else "，公职", "")}))


def test_name_by_consent_is_told_with_its_end(tmp_path: Path) -> None:
    """Whoever is newly named by consent is told with the last day; a longer consent is told again, the name is not."""
    wang = "title: 王小明\nsource: press\nground: consent\nconsent: {given: 2026-05-06%s}\n"
    site = town(tmp_path)
    found = site.changed({"volunteers/wang.yml": wang % ""})
    assert [e.remark for e in entries(found, "named")] == ["公开姓名的依据：本人同意，到 2027-05-06"]
    site.commit({})
    [entry] = entries(site.changed({"volunteers/wang.yml": wang % ", until: 2028-01-01"}), "named")
    assert [(c.label, c.before, c.after) for c in entry.changes] == [
        ("公开姓名的依据", "本人同意，到 2027-05-06", "本人同意，到 2028-01-01")]


def test_office_telephone_is_to_be_looked_at(tmp_path: Path) -> None:
    """A mobile number that newly stands as an office's contact is told, shortened."""
    found = town(tmp_path).changed({"people/p-0001.yml": PERSON + "contact: 大厅 13900001111\n"})
    [entry] = entries(found, "privacy")
    assert "139…11" in entry.remark and "13900001111" not in entry.remark


def test_exception_is_told_to_whoever_reviews(tmp_path: Path) -> None:
    """What a new or a longer exception lets out, where, why, by whom and until when; one that stood is not."""
    leave = ("note: 打 139 0733 0000\nprivacy_exceptions:\n  - {what: phone, at: note, reason: 急事, ground: 纪要, "
             "decided_by: 街道, since: 2026-06-01, until: 2026-12-01}\n")
    before = town(tmp_path, {"cases/leak.yml": LEAK + leave})
    found = before.changed({"cases/leak.yml": LEAK + leave.replace("2026-12-01", "2027-01-01")})
    [entry] = entries(found, "privacy")
    assert entry.remark == ("公开例外：电话，写在 note，2026-06-01 起到 2027-01-01 为止；理由：急事；依据：纪要；"
                            "决定：街道")
    before.commit({})
    assert entries(before.changed({"areas/b3.yml": BASE["areas/b3.yml"].replace("3栋", "三栋")}), "privacy") == []


# ── ranks, stars, lists ──────────────────────────────────────────────────────────────────────────────────────


def test_ranks_move_with_the_record_that_moved_them(tmp_path: Path) -> None:
    """Who moves is told with the measure and the record behind it, and whom that overtook."""
    site = town(tmp_path, RATED)
    found = site.changed({"activities/clean.yml": CLEAN.replace("hours: 2}", "hours: 4}")})
    [board] = [e for e in entries(found, "standings") if e.key.startswith("boards/points")]
    moves = {c.label: (c.before, c.after, c.because) for c in board.changes}
    assert moves["李阿姨"] == ("第2名 2分", "第1名 4分", ("活动 2 → 4：楼道清扫",))
    assert moves["张某"] == ("第1名 2.5分", "第2名 2.5分", ("自己的分没变，李阿姨升到前面",))


def test_who_is_only_passed_stands_behind_who_moved(tmp_path: Path) -> None:
    """Of a board on which many move, those come first whose own records did it."""
    many = "".join(f"  - {{volunteer: v{at}, hours: {at + 1}}}\n" for at in range(12))
    people = {f"volunteers/v{at}.yml": f"title: 某{at}号\nsource: press\n" for at in range(12)}
    clean = CLEAN.partition("  - ")[0] + many
    site = town(tmp_path, {**RATED, **people, "activities/clean.yml": clean})
    found = site.changed({"activities/clean.yml": clean.replace("hours: 1}", "hours: 20}")})
    [board] = [e for e in entries(found, "standings") if e.key.startswith("boards/points")]
    assert [c.label for c in board.changes] == ["某0号", *(f"某{at}号" for at in range(11, 0, -1))]
    assert board.changes[1].because == ("自己的分没变，某0号升到前面",)


def test_contributions_that_come_and_go_are_named(tmp_path: Path) -> None:
    """A record that newly counts, or no longer does, is named as such."""
    site = town(tmp_path, RATED)
    more = CLEAN.replace("楼道清扫", "夏夜巡逻").replace("2026-05-17", "2026-06-17").replace("hours: 2.5", "hours: 1")
    found = site.changed({"activities/walk.yml": more})
    [zhang] = [c for e in entries(found, "standings") for c in e.changes if c.label == "张某"]
    assert zhang.because == ("活动 2.5 → 3.5：夏夜巡逻 计入（1）",)


def test_stars_move_with_the_assessment(tmp_path: Path) -> None:
    """A new assessment is the reason for a star; the criteria say where points came from."""
    site = town(tmp_path, RATED)
    newer = RATED["assessments/b3-2026.yml"].replace("2026-04-01", "2026-06-01").replace("points: 50", "points: 60")
    found = site.changed({"assessments/b3-june.yml": newer.replace("3栋评定", "3栋六月评定")})
    [change] = [c for e in entries(found, "standings") for c in e.changes]
    assert (change.label, change.before, change.after) == ("3栋", "80分 三星", "90分 五星")
    assert change.because[0] == "新的评定“3栋六月评定”（2026-06-01）"
    assert change.because[1].startswith("消防 50 分 → 60 分")


def test_changed_rule_is_the_reason(tmp_path: Path) -> None:
    """Where the rule changed, that is why results differ; the rule stands in a section of its own."""
    site = town(tmp_path, RATED)
    found = site.changed({"schemes/stars.yml": RATED["schemes/stars.yml"].replace("floor: 90", "floor: 80")})
    [change] = [c for e in entries(found, "standings") for c in e.changes]
    assert (change.after, change.because) == ("80分 五星", ("办法改了",))
    assert told(found, "rules") == {"scheme/stars": {"等级“五星”·起点分": ("90", "80")}}
    assert "changed" not in codes(found)


def test_listed_house_is_told(tmp_path: Path) -> None:
    """Who comes onto a red and black list is told with the entry."""
    site = town(tmp_path, {path: text for path, text in LISTED.items() if path.startswith("schemes")})
    found = site.changed(LISTED)
    [change] = [c for e in entries(found, "standings") for c in e.changes]
    assert (change.label, change.before, change.after, change.because) == (
        "3栋", "不在榜", "黑榜", ("通道堆物列入黑榜",))


def test_frozen_outcome_that_now_differs_is_told(tmp_path: Path) -> None:
    """A frozen board does not move; that the records now tell otherwise is told once, in a section of its own."""
    site = town(tmp_path, {**RATED, "schemes/points.yml": RATED["schemes/points.yml"].replace(
        "period: year", "period: month")})
    close(cli.site_at(site.config), "points", "2026-05", AS_OF, 1, quiet)
    site.commit({})
    found = site.changed({"activities/clean.yml": CLEAN.replace("hours: 2}", "hours: 4}")})
    [entry] = entries(found, "frozen")
    assert ("李阿姨", "第2名 2分", "第1名 4分") in [change[:3] for change in entry.changes]
    assert not [e for e in entries(found, "standings") if e.key.startswith("boards/points")]
    site.commit({})
    assert "frozen" not in codes(site.changed({"activities/clean.yml": CLEAN.replace(
        "hours: 2}", "hours: 4}") + "place: 楼道\n"}))


# ── numbers, status, bulletins, paper ────────────────────────────────────────────────────────────────────────


def test_numbers_are_told(tmp_path: Path) -> None:
    """Counts of the home page and of kinds, a fund's balance and points at hand are told before and after."""
    site = town(tmp_path, {**RATED, **SPENT, "funds/b3.yml": FUND})
    found = site.changed({"cases/lamp.yml": LEAK, "activities/clean.yml": CLEAN.replace("hours: 2}", "hours: 4}"),
                          "funds/b3.yml": FUND.replace('"60.00"', '"90.00"')})
    numbers = told(found, "numbers")
    assert numbers[""] == {"办件": ("1", "2")} and ("1", "2") in numbers["index.html"].values()
    assert numbers["fund/b3"]["结余"] == ("380.00\u00a0元", "410.00\u00a0元")
    assert numbers["volunteer/li"] == {"志愿积分榜·积分": ("2", "4"), "志愿积分榜·可用": ("2", "4")}


def test_status_is_told(tmp_path: Path) -> None:
    """Another status word, or another delay, is told."""
    found = town(tmp_path).changed({"cases/leak.yml": LEAK.replace("resolved: 2026-05-08\n", "")})
    assert told(found, "status") == {"case/leak": {"状态": ("已办结", "办理中，逾期 48 天")}}


def test_bulletins_that_tell_otherwise_are_named(tmp_path: Path) -> None:
    """A bulletin whose figures change is told with the records behind them."""
    site = town(tmp_path, {"bulletins/w19.yml": WEEK})
    found = site.changed({"cases/lamp.yml": LEAK.replace("楼道漏水", "楼灯不亮")})
    [entry] = [e for e in entries(found, "bulletins") if e.key == "bulletins/w19.html"]
    changes = {c.label: c for c in entry.changes}
    assert changes["新增"][1:] == ("1", "2", ("＋2026-05-06 楼灯不亮",)) and changes["办结"].after == "2"


def test_frozen_bulletin_that_records_contradict_is_told(tmp_path: Path) -> None:
    """A frozen bulletin stays as it is; what the records would tell now stands among what is frozen."""
    site = town(tmp_path, {"bulletins/w19.yml": WEEK})
    close(cli.site_at(site.config), "一周一调度", "2026-W19", AS_OF, 1, quiet)
    site.commit({})
    found = site.changed({"cases/lamp.yml": LEAK.replace("楼道漏水", "楼灯不亮")})
    assert told(found, "frozen")["bulletins/w19.html"]["新增"] == ("1", "2")
    assert "bulletins/w19.html" not in told(found, "bulletins")


def test_renamed_place_keeps_its_bulletins(tmp_path: Path) -> None:
    """The bulletins of a place under another id tell the same."""
    site = town(tmp_path, {"bulletins/w19.yml": WEEK})
    follow = {path: text.replace("area: estate", "area: garden") for path, text in BASE.items()}
    found = site.changed({**follow, "bulletins/w19.yml": WEEK.replace("area: estate", "area: garden"),
                          "areas/garden.yml": BASE["areas/estate.yml"] + "formerly: [estate]\n",
                          "areas/estate.yml": None})
    assert codes(found) == ["renamed"]


def test_notices_to_print_again_are_named(tmp_path: Path) -> None:
    """The boards whose sheet changes are named with the lines that differ; others are not."""
    site = town(tmp_path, {**ISSUED, "areas/b4.yml": BASE["areas/b3.yml"].replace("3栋", "4栋")})
    found = site.changed({"people/p-0001.yml": PERSON})
    assert [(e.key, e.title) for e in entries(found, "notices")] == [("notices/b3.html", "3栋")]
    [entry] = entries(found, "notices")
    assert [(c.label, c.before, c.after) for c in entry.changes] == [("谁负责", "", "楼栋长 王小明")]
    assert entry.remark.startswith("版本 ")


def test_new_address_prints_every_code_anew(tmp_path: Path) -> None:
    """Another address of the site is in every QR code."""
    site = town(tmp_path, ISSUED)
    found = site.changed({}, CONFIG + "address: https://example.org/\n")
    assert told(found, "settings") == {"site_config.yml": {"网址": ("", "https://example.org/")}}
    assert told(found, "notices")["notices/b3.html"]["二维码"][1] == f"example.org/q/{CODE}"


def test_photos_pages_and_settings_are_told(tmp_path: Path) -> None:
    """A new photo with the record that shows it, another one under the same name, a prose page, a setting."""
    site = town(tmp_path, {"pages/about.md": "# 关于\n\n这里公开办事情况。\n"})
    shown = LEAK + "images: [{file: 2026/lamp.jpg, alt: 楼道的灯亮了}]\n"
    found = site.changed({"cases/leak.yml": shown, "photos/2026/lamp.jpg": picture(type="JPEG"),
                          "pages/about.md": "# 关于\n\n这里公开办事和经费情况。\n"},
                         CONFIG.replace("清水公示", "清水镇公示"))
    [shot] = entries(found, "photos")
    assert shot.title == "楼道漏水" and shot.remark.startswith("新公布")
    assert entries(found, "pages")[0].key == "pages/about.md"
    assert told(found, "settings")["site_config.yml"] == {"站点·站名": ("清水公示", "清水镇公示")}
    site.commit({})
    [shot] = entries(site.changed({"photos/2026/lamp.jpg": picture(60, 30, "JPEG")}), "photos")
    assert shot.remark.startswith("换了一张")


def test_own_theme_is_told(tmp_path: Path) -> None:
    """A change of the town's own theme is told: every page may look different."""
    site = town(tmp_path)
    (site.root / "look").mkdir()
    (site.root / "look/a.css").write_text("a {}")
    site.commit({}, CONFIG + "theme: look\n")
    (site.root / "look/a.css").write_text("b {}")
    [entry] = entries(site.diff(), "settings")
    assert entry.key == "theme" and entry.remark.startswith("1 个文件")


def test_example_that_becomes_real_is_pointed_at(tmp_path: Path) -> None:
    """A made-up record that is to count as real, or the other way round, says so."""
    site = town(tmp_path, {"cases/leak.yml": LEAK + "illustrative: true\n"})
    [entry] = entries(site.changed({"cases/leak.yml": LEAK}), "changed")
    assert entry.remark == "从示例改成了真实记录：请核对来源" and not entry.illustrative
    assert [c[:3] for c in entry.changes] == [("示例", "是", "否")]


def test_real_and_illustrative_are_never_one_count(tmp_path: Path) -> None:
    """Made-up records stand apart in every section, and are counted apart."""
    found = town(tmp_path).changed({"cases/lamp.yml": LEAK, "cases/demo.yml": LEAK + "illustrative: true\n"})
    added = next(s for s in found.sections if s.code == "added")
    assert [e.key for e in added.real] == ["case/lamp"] and [e.key for e in added.illustrative] == ["case/demo"]
    totals = [(e.illustrative, [c[:3] for c in e.changes]) for e in entries(found, "numbers") if not e.key]
    assert totals == [(False, [("办件", "1", "2")]), (True, [("办件", "0", "1")])]


def test_what_runs_on_a_merge_is_told(tmp_path: Path) -> None:
    """A changed workflow, script or wheel is told beside the content, wherever it lies; a manual is not."""
    site = town(tmp_path, inside="站点")
    first = site.commit({})
    for name in (".github/workflows/publish.yml", "站点/server/publish.sh", "站点/README.md", "站点/docs/a.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    git(tmp_path, "add", "--all")
    ours = [".github/workflows/publish.yml", "站点/server/publish.sh"]
    assert [entry.title for entry in entries(site.diff(), "program")] == ours
    site.commit({"cases/lamp.yml": LEAK})
    found = site.diff(f"{first}..HEAD")
    assert [entry.title for entry in entries(found, "program")] == ours and "program" in GRAVE
    assert entries(found, "added") and not found.is_empty
