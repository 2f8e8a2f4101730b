"""Words for a person: whole names, masked ones, and words that are no person's; minors and protected groups."""

from __future__ import annotations

import pytest

from generator.records import masks
from tests.sites import faults

WHOLE = (
    "李四海", "王伟", "欧阳明", "陈秀英奶奶", "李和平", "古丽·买买提", "网格员李四海", "3栋居民王小明",
    "志愿者赵二", "业委会主任、楼栋长包大明", "社区居委会、李四海", "李四海（见报）", "王伟 李四海",
    "王小明和李四海", "上官云", "陈静阿姨", "李四海同志", "李四海夫妇", "李四海等三人",
    "李四海家属", "李四海业主", "3栋李四海", "2栋2单元李四海", "户主李四海", "经办人：李四海", "“李四海”",
    "陈奶奶（陈秀英）", "陈奶奶（陈英）", "某居民（李四海）", "李四海·网格员")
"""Invented names: alone, in brackets and in their company, behind a role or a building, before relatives, among
others."""
NOBODY = (
    "李某", "陈奶奶", "老李师傅", "曾书记", "王主任", "某居民", "3栋住户", "文化站", "金融办", "武冈市",
    "施工单位", "施工方", "顾客", "管委会", "管理员", "居民代表", "业主代表", "党员代表", "万科物业",
    "石榴里党支部", "温馨楼道志愿队", "银龄巡逻队", "市人民医院、社区卫生服务中心", "某五金店",
    "示例社区甲居委会", "值班干部", "曾大姐和林大姐", "老党员、老干部", "程女士", "一位患者", "安保", "常委会",
    "房东11人", "5栋低层住户", "房东（身份已核）", "有住在新晨光小区的老板", "唐某阳光心理工作室", "江南街道",
    "高层老人", "左邻右舍", "大厅 周一 上午", "联系人：王主任", "田心居民", "任家湾居民", "白云小区业主",
    "金域湾业主", "高三家长", "大桥社区（祝家巷）", "居委会（白马）", "万科物业（金域蓝湾项目部）", "鲁班奖", "武警",
    "网格员和楼栋长", "区领导、网格责任单位负责人等40余人", "林大姐、曾大姐")
"""Offices, organisations, masked names and words that begin like a family name."""


@pytest.mark.parametrize("text", WHOLE)
def test_whole_name_is_seen(text: str) -> None:
    """A whole name is found alone, between commas and behind a role; its mask keeps the family name alone."""
    assert masks.whole_names(text)
    shown = masks.masked(text)
    assert "某" in shown and not masks.whole_names(shown)
    assert not any(name[-1] in shown for name in masks.whole_names(text))


@pytest.mark.parametrize("text", NOBODY)
def test_what_names_nobody_passes(text: str) -> None:
    """An office, an organisation, a masked name or a group is no whole name."""
    assert not masks.whole_names(text)


def test_mask_says_no_character_of_the_given_name() -> None:
    """张某, never 张*三; what stands in brackets stays; what is masked already stays as it is."""
    assert [masks.masked(name) for name in ("张三丰（示例）", "欧阳小明", "李阿姨", "陈某某", "古丽·买买提")] == [
        "张某（示例）", "欧阳某", "李阿姨", "陈某某", "古某"]


@pytest.mark.parametrize(("kind", "text"), [
    ("case", "category: 漏水\nsteps: [{{date: 2026-05-06, action: 上门, actor: {}}}]\n"),
    ("meeting", "type: 议事会\nconvener: {}\n"), ("meeting", "type: 议事会\nparties: [{}]\n"),
    ("meeting", "type: 议事会\nitems: [{{title: 灯, proposed: [{{by: {}, words: 装灯}}]}}]\n"),
    ("organisation", "type: 单位\nmembers: [{}]\n"), ("organisation", "type: 单位\nbacking: [{}]\n"),
    ("donation", "donors: [{}]\ngifts: [{{item: 米, quantity: 3袋}}]\n"),
    ("inspection", "inspectors: [{}]\n"),
    ("inspection", "inspectors: [社区]\nfindings: [{{what: 堆物, responsible: {}}}]\n"),
    ("feedback", "form: 感谢\nspeaker: 李阿姨\nwords: 好\nground: press\n"
                 "reply: {{date: 2026-05-06, by: {}, words: 谢}}\n"),
    ("project", "risks: [{{what: 挡光, who: {}}}]\n"), ("project", "contractor: {}\n"),
    ("project", "payments: [{{date: 2026-05-06, amount: '1.00', to: {}, purpose: 工钱}}]\n"),
    ("honour", "award: 奖\nrecipient_words: {}\n"),
    ("service", "providers: [{}]\n"), ("resource", "providers: [{}]\n"),
    ("activity", "partners: [{}]\n"),
    ("area", "level: 楼栋\nimages: [{{file: a.jpg, alt: 新换的灯, by: {}}}]\n"),
    ("appeal", "against: listing/l-0001\nfiled: 2026-05-06\ngrounds: 不符\ndue: 2026-06-06\n"
               "filed_by: {}\n"),
    ("agreement", "parties: [{}]\npledges: [{{text: 开会}}]\n"),
    ("person", "role: 楼栋长\nground: office\nbacking: [{}]\n")])
def test_whole_name_needs_its_ground_wherever_somebody_is_named(kind: str, text: str) -> None:
    """In every kind, who takes an office, a mask, or a name with its ground; a bare whole name is refused."""
    common = "title: 某事\nsource: press\n"
    assert faults(kind, common + text.format("李四海")) == ["name-without-ground"]
    for said in ("李某", "值班干部", "李四海（公职）", "李四海（见报）", "值班室（李某）"):
        assert faults(kind, common + text.format(said)) == [], said


@pytest.mark.parametrize(("contact", "codes"), [
    ("王示例 0731-2000 0000", ["name-without-ground"]), ("联系人：王示例，二楼", ["name-without-ground"]),
    ("王示例（公职） 二楼", []), ("王主任 二楼", []), ("社区大厅意见簿，或交给楼栋长", [])])
def test_contact_names_nobody_without_a_ground(contact: str, codes: list[str]) -> None:
    """Beside an office's number stands an office or a masked name, a whole one with its ground alone."""
    assert faults("organisation", f"title: 站\nsource: press\ntype: 单位\ncontact: {contact!r}\n") == codes


@pytest.mark.parametrize(("text", "word"), [
    ("初二学生，周末来服务", "初二"), ("今年12岁", "12岁"), ("十七岁", "十七岁"), ("三年级学生", "三年级"),
    ("未成年", "未成年"), ("小学生", "小学生"), ("给小学生辅导作业", ""), ("面向8到12岁的孩子", ""),
    ("小学教师", ""), ("年初一", ""), ("80岁", ""), ("十八岁", ""), ("二十五岁", ""), ("在未成年人保护站值班", ""),
    ("118岁", ""), ("高三栋", ""), ("16岁以上可报名", "")])
def test_words_of_minors(text: str, word: str) -> None:
    """What says that somebody is under 18 is seen; whom somebody serves, teaches or cares for is not them."""
    assert masks.minor_word(text) == word


@pytest.mark.parametrize(("text", "word"), [
    ("一位独居老人", "独居"), ("301室的低保户家里漏水", "低保"), ("2单元精神病人", "精神病"),
    ("该住户刑满释放", "刑满释放"), ("低保户一户", "低保"), ("一位糖尿病老人", "糖尿病"),
    ("3楼有一位基督徒", "基督徒"), ("3栋独居老人家水管", ""), ("残疾人坡道损坏", ""),
    ("301室门前残疾人坡道损坏", ""), ("为低保家庭一户一策", ""), ("建一个残疾人之家", ""), ("独居老人3户", ""),
    ("给每户独居老人送餐", ""), ("精神文明", ""), ("信访窗口搬到一楼", "")])
def test_one_of_a_protected_group(text: str, word: str) -> None:
    """One member of such a group is singled out; groups, services and things for them are not."""
    assert masks.one_of_group(text) == word


@pytest.mark.parametrize("text", (
    "刘爹爹", "李娭毑", "张姐", "周婶", "老周", "小李", "谭阿婆", "居民代表", "4栋老人们", "热心市民", "快递员",
    "高三学生家长", "新手妈妈", "志愿者赵某（金塘里）", "林某（桂花里）"))
def test_how_residents_are_spoken_of_passes(text: str) -> None:
    """Forms of address of the place, and groups, name no resident."""
    assert masks.is_masked(text)


@pytest.mark.parametrize("text", ("李四海某", "张阿姨（李秀英）", "李四海、张某", "陈静奶奶", "某（李四海）"))
def test_mask_beside_a_whole_name_is_none(text: str) -> None:
    """A masked name, or a form of address, does not excuse a whole one in the same words."""
    assert not masks.is_shown(text) and not masks.is_masked(text)
    assert not any(name in masks.masked(text) for name in masks.whole_names(text))
