"""On which ground somebody is named: consent that ends, minors, honours."""

from __future__ import annotations

from datetime import date

import pytest

from generator.records import kinds
from generator.records.volunteer import Volunteer
from tests.sites import faults, record

COMMON = "title: 王示例\nsource: press\nground: consent\n"
GIVEN = "consent: {given: 2026-05-06}\n"


@pytest.mark.parametrize(("consent", "last"), [
    ("{given: 2026-05-06}", date(2027, 5, 6)), ("{given: 2026-05-06, until: 2028-01-01}", date(2028, 1, 1)),
    ("{given: 2026-05-06, withdrawn: 2026-06-01}", date(2026, 5, 31)),
    ("{given: 2026-05-06, until: 2026-05-20, withdrawn: 2026-06-01}", date(2026, 5, 20))])
def test_consent_ends(consent: str, last: date) -> None:
    """After its last day, after a year where none is written, and at once when it is taken back."""
    one = record("volunteer", COMMON + f"consent: {consent}\n")
    assert isinstance(one, Volunteer) and one.consent and one.consent.last_day() == last
    told = one.consented(last)
    assert told and told.holds and told.masked == "王某"
    later = one.consented(date.fromordinal(last.toordinal() + 1))
    assert later and not later.holds
    before = one.consented(date(2026, 5, 5))
    assert before and not before.holds


@pytest.mark.parametrize(("more", "codes"), [
    ("", ["consent-missing"]), (GIVEN, []), ("consent: {given: 2026-05}\n", ["day-needed"]),
    ("consent: {given: 2026-05-06, until: 2029-05-07}\n", ["out-of-range"]),
    ("consent: {given: 2026-05-06, until: 2029-05-06}\n", []),
    ("consent: {given: 2026-05-06, until: 2026-05-01}\n", ["dates-reversed"]),
    ("minor: true\n" + GIVEN, ["minor-named"]), ("description: 初二学生，周末来服务\n" + GIVEN, ["minor-perhaps"]),
    ("description: 给小学生辅导\n" + GIVEN, [])])
def test_named_by_consent(more: str, codes: list[str]) -> None:
    """A whole name by consent needs the consent with its day, for three years at most; a minor's is never published."""
    assert faults("volunteer", COMMON + more) == codes


def test_consent_stands_with_its_ground_alone() -> None:
    """A consent beside another ground is a slip; a masked name needs none, but a minor's comes from a guardian."""
    assert faults("volunteer", COMMON.replace("consent", "press") + GIVEN) == ["consent-without-ground"]
    assert faults("person", "title: 王示例\nsource: press\nrole: 邻长\nground: consent\n") == ["consent-missing"]
    masked = COMMON.replace("王示例", "王某") + "minor: true\nconsent: {given: 2026-05-06, by: %s}\n"
    assert faults("volunteer", masked % "本人") == ["guardian-needed"]
    assert faults("volunteer", masked % "监护人") == []


def test_officers_may_work_for_minors() -> None:
    """Words for minors in an office's name say nothing of who holds it by office; by consent they do."""
    officer = "title: 王示例\nsource: press\nrole: 未成年保护干事\nground: {}\n"
    assert faults("person", officer.format("office")) == []
    assert faults("person", officer.format("press").replace("未成年保护干事", "初二学生")) == ["minor-perhaps"]


@pytest.mark.parametrize(("more", "codes"), [
    ("title: 王示例获评好邻居\nrecipient_words: 一位居民\n", ["name-without-ground"]),
    ("title: 王示例获评好邻居\nrecipient_words: 王示例（见报）\n", []),
    ("title: 王某获评好邻居\nrecipient_words: 王某\n", []),
    ("title: 奖\nrecipient_words: 王示例（见报）\nminor: true\n", ["minor-named"]),
    ("title: 奖\nrecipient_words: 王示例（见报，六年级）\n", ["minor-perhaps"]),
    ("title: 王示例获评好少年\nrecipient: volunteer/v\n", ["minor-perhaps"]),
    ("title: 优秀志愿者李示例\nrecipient_words: 某人\n", ["name-without-ground"]),
    ("title: 祝贺李示例获评好邻居\nrecipient_words: 某人\n", ["name-without-ground"]),
    ("title: 鲁班奖\nrecipient_words: 某单位\n", []),
    ("title: 温馨楼道获评示范楼道\nrecipient_words: 温馨楼道\n", [])])
def test_honours_name_by_right(more: str, codes: list[str]) -> None:
    """An honour names nobody without a ground, in its title neither, and no minor whatever the ground."""
    assert faults("honour", f"source: press\naward: 荣誉\n{more}") == codes


@pytest.mark.parametrize(("title", "codes"), [
    ("李四海列入黑榜", ["name-without-ground"]), ("李四海的出租屋", ["name-without-ground"]),
    ("李四海家", ["name-without-ground"]),
    ("6栋某出租屋列入黑榜", []), ("示例一号房屋列入黑榜", []), ("2026年6月10日列入红榜", [])])
def test_entries_name_nobody(title: str, codes: list[str]) -> None:
    """A list of houses and units tells no private person's name in its title."""
    example = kinds()["listing"].example.partition("\n")[2]
    assert faults("listing", f"title: {title}\n{example}") == codes


def test_words_end_with_their_consent() -> None:
    """Words quoted by consent are on the page to its last day; one without an end on file stands as before."""
    said = "title: 感谢\nsource: press\nform: 感谢\nspeaker: 李阿姨\nwords: 好\nground: consent\n"
    one = record("feedback", said + GIVEN)
    assert one.last_day() == date(2027, 5, 6)
    assert one.tombstone(date(2027, 5, 6)) is None and one.tombstone(date(2027, 5, 7)) is not None
    assert record("feedback", said).last_day() is None
    assert faults("feedback", said + "minor: true\n" + GIVEN) == ["guardian-needed"]


@pytest.mark.parametrize(("more", "codes"), [
    ("title: 一位糖尿病老人想有人送药\n", ["health-detail"]), ("title: 想听一次糖尿病讲座\n", []),
    ("title: 想有人修残疾人坡道\n", []), ("title: 想装灯\nasker: 王示例\n", ["resident-named"])])
def test_needs_tell_no_illness(more: str, codes: list[str]) -> None:
    """A need says nothing of one resident's illness; a lecture or a ramp is nobody's illness."""
    assert faults("need", f"source: press\nform: 需求\n{more}") == codes
