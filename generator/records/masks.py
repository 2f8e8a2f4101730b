"""Level 1. What words for a person give away: a whole name, a masked one, or nobody; and what must not stand beside it.

Closed lists, read as reminders: they catch what is usually written, and prove nothing where they stay silent.
Sources: 个人信息保护法 13, 28, 31; 未成年人保护法 103; the most frequent family names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

_ADDRESS = ("阿姨|师傅|大姐|大妈|大爷|大叔|大娘|大哥|奶奶|爷爷|女士|先生|老师|同学|叔叔|伯伯|婆婆|老汉|小姐|"
            "爹爹|娭毑|嗲嗲|阿婆|姐|哥|嫂|婶|姨|伯|"
            "书记|主任|站长|队长|会长|组长|所长|科长|经理|医生|护士|教授|律师|警官|干部|楼长|栋长|网格员")
"""Forms of address, and offices by which a family name is addressed: they tell less than a name."""
SURNAMES = (
    "王李张刘陈杨赵吴周徐孙朱胡郭何罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘董袁叶蒋杜苏魏吕丁沈姚卢傅姜崔谭廖范汪陆金石戴"
    "贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤温康易乔赖文余于高马林程洪任闫洛"
    "樊葛殷章牛庞翟邢安齐伍詹柳聂包鲁管祝霍童柯阮欧裴凌辛闵倪岳蓝申牟滕蔺费耿骆柏欧阳甘盛左符涂鲍匡游常成田施曲"
    "黄钟付翁甄佟宁关闻柴焦宫纪穆梅卜敖池苗尚喻尤桂连冉褚娄窦岑缪屈占巫谷邬隋丛瞿晏卓米古")
_COMPOUND = "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐"
_GIVEN = r"[㐀-鿿]"
_NO_NAME = re.compile(
    r"(?:.*某.*|.*家|.*姓|.{2}(?:站|办|厂|队|会|部|局|院|所|校|店|组|司|村|镇|乡|县|区|市|街|处|厅|路|桥|社|户|团|商|方|层|"
    r"铺|班|员|馆|委|坊|汇|舱)|"
    r"顾客|包工头|管家|管理[员者层]|武警|常委|安保员?|保安|文员|文书|高中|高层|高管|任何人|严重|曾经|万元|万吨|金融|方案|"
    r"温馨|向阳|安全|安置户|成员|成人|成都|常住|常务|常态|施工[方员队]?|施工|单位|全体|马路|马上|白领|高龄|[高初][一二三]|安康|康乐|文化|"
    r"文明|文体|文艺|文娱|石材|石化|金属|高校|高新|高速|左邻|左右|游客|武术|龙湖|万科|白云|江南|江北|江西|江苏|海南|田园|"
    r"程序|章程|盛大|包装|包括|安排|安装|方便|方式|方面|方向|易[腐燃爆]物?|管道|管网|温度|常见|常年|任务|任期|段长|史料|"
    r"毛巾|白天|钱款|钱物|祝福|申请人?|费用|方舱|成年人|任课老师|"
    r"关[爱心怀注].*|宁[可愿夏波]|尚未|尚在|连[锁队长]|古[城镇琴树建].*|米[面粉饭粮店].*|梅花|梅园|桂园|桂花|卓越|占[地道位].*|"
    r"余款|余额|成果|成效|成立|向上级?|于[是此]|何时|何处|何人|石料|周[一二三四五六日天末边围年]|曾用名|施工中|毛坯房|夏令营|安利|"
    r".家[湾冲坳塅圳坪湖塘岭桥坝庄店垄屋岗河畈沟嘴巷]|"
    r".{1,3}奖)\Z")
"""Words that begin like a family name and are no person: offices, places, things."""
_WHOLE = re.compile(rf"(?:(?:[{SURNAMES}]|{_COMPOUND}){_GIVEN}{{1,2}}|{_GIVEN}{{1,8}}[·•]{_GIVEN}{{1,8}})\Z")
_ADDRESSED = re.compile(rf"(?:[{SURNAMES}]|{_COMPOUND}|[老小][{SURNAMES}])(?:{_ADDRESS})\Z")
_CALLED = re.compile(rf"(?:[{SURNAMES}]|{_COMPOUND}){_GIVEN}{{1,2}}(?:{_ADDRESS})\Z")
_ROLE = re.compile(r".*(?:书记|主任|楼栋长|楼长|栋长|单元长|网格长|网格员|片区长|邻长|组长|队长|会长|站长|所长|经理|"
                   r"医生|民警|干部|党员|志愿者|居民|业主|住户|租户|租客|房东|老人|家长|患者|代表|户主|商户|低保户|困难户|"
                   r"负责人|经办人|联系人|祝贺|恭喜|[0-9一二三四五六七八九十](?:栋|幢|号楼|单元|楼|组))(?=[^者家们])")
"""Words for a role, a group or a building, before which nothing of a name stands."""
_RELATIVE = "同志|同学|夫妇|夫妻俩?|一家|家属|家人|母亲|父亲|妈妈|爸爸|妻子|丈夫|爱人|老伴|儿子|女儿|的?家长|的家属|某"
_GROUP = "居民|业主|住户|村民|老人|租户|租客|房东|老板|邻居|代表"
_BEHIND = re.compile(f"(?:{_RELATIVE}|{_GROUP})*(?:等.{{0,4}})?\\Z")
"""What may follow a whole name: whose relative it is, a group, and that there are more."""
_OF_GROUP = re.compile(_GROUP)
_OF_PLACE = re.compile("[园里湾城苑府庄屯寨巷栋楼号院山河湖]\\Z")
_PARTS = re.compile(r"[、，,；;：:|｜。“”\"‘’'《》*/／&＆\s]+|(?<=[㐀-鿿]{2})[和与及跟](?=[㐀-鿿]{2})")
_BRACKETS = re.compile(r"[（(\[【〔]([^（）()\[\]【】〔〕]*)[）)\]】〕]")

MASKED = re.compile(rf"\A(?!(?:[{SURNAMES}]|{_COMPOUND})[^某家姓的]{{2}}(?:{_ADDRESS})\Z)"
                    rf".*?(?:某|(?:{_ADDRESS})\Z)", re.DOTALL)
"""What names nobody: somebody 某, or a form of address that does not follow a whole name (陈奶奶, not 陈秀英奶奶)."""
_CATEGORY = re.compile(r"(?:居民|住户|业主|租户|房东|商户|家庭|老人|家长|家属|职工|患者|群众|党员|党组织|"
                       r"网格员|代表|老板|教师|市民|网友|邻居|学生|孩子|妈妈|宝妈|快递员|人员|[栋户名位人])们?\Z"
                       rf"|\A[老小阿][{SURNAMES}]\Z")

Ground = Literal["office", "press"]
_GROUNDS: tuple[tuple[Ground, re.Pattern[str]], ...] = (
    ("office", re.compile("公职")), ("press", re.compile("见报|报纸登过")))


def bare(text: str) -> str:
    """Return words for somebody without what stands in brackets: 李某 for 李某（示例）."""
    return _BRACKETS.sub("", text).strip()


def is_masked(name: str) -> bool:
    """Whether words for a resident name nobody: 陈奶奶, 某居民, 3栋住户; what stands in brackets is left out."""
    shown = bare(name)
    return bool(MASKED.search(shown) or _CATEGORY.search(shown)) and not whole_names(name)


def is_shown(name: str) -> bool:
    """Whether a title for somebody gives no whole name away: 张某, 李阿姨; what stands in brackets is read as well."""
    return bool(MASKED.search(bare(name))) and not whole_names(name)


def is_whole(text: str) -> bool:
    """Whether a text is nothing but what looks like a whole name: 李四海, 陈秀英奶奶; not 李某, 李书记, 文化站."""
    if _ADDRESSED.match(text) or _NO_NAME.match(text):
        return False
    return bool(_WHOLE.match(text) or _CALLED.match(text))


@lru_cache(maxsize=8192)
def whole_names(text: str) -> tuple[str, ...]:
    """Return every whole name in words for somebody: alone, between commas, behind a role, before a relative.

    In brackets a name has three characters and no ending of a place (桂花里), or a family name that stands before them:
    陈奶奶（陈英）. Sentences are not read.
    """
    outside = _BRACKETS.sub("", text)
    found = [name for part in _PARTS.split(outside) if (name := _name_in(part))]
    inside = (_name_in(part) for bracket in _BRACKETS.findall(text) for part in _PARTS.split(bracket))
    return (*found, *(name for name in inside if name and (
        name[0] in outside or (len(name) > 2 and not _OF_PLACE.search(name)))))


def _name_in(part: str) -> str:
    """Return the whole name in one part of words for somebody, empty for none."""
    for words in (part, part[led.end():]) if (led := _ROLE.match(part)) else (part,):
        if is_whole(words):
            return words
        for length in (3, 2, 4):
            name = words[:length]
            if len(words) > length and _BEHIND.match(words, length) and _is_somebody(name) and not (
                    length == 2 and _OF_GROUP.match(words, length)):  # 田心居民, of a place
                return name
    return ""


def _is_somebody(name: str) -> bool:
    """Whether a word before a relative or a group is a person's name: 李四海夫妇; not 白云苑居民, 欧阳某."""
    return is_whole(name) and not _OF_PLACE.search(name) and name not in _COMPOUND


def ground_of(text: str) -> Ground | None:
    """Return the ground that stands in brackets behind a name: 李四海（公职）, 李四海（见报）; None without."""
    said = "，".join(_BRACKETS.findall(text))
    return next((ground for ground, pattern in _GROUNDS if pattern.search(said)), None)


def masked(name: str) -> str:
    """Return words for somebody as they may be shown without a ground: each whole name as its family name and 某.

    What stands in brackets stays. Never a character of the given name: 张*三 tells who it is inside one building.
    """
    shown = bare(name)
    names = whole_names(name)
    if not shown or (MASKED.search(shown) and not names):
        return name
    for whole in names or [shown]:
        name = name.replace(whole, f"{_surname(whole)}某", 1)
    return name


def _surname(whole: str) -> str:
    return next((two for two in _COMPOUND.split("|") if whole.startswith(two)), whole[:1])


# ── minors ──────────────────────────────────────────────────────────────────────────────────────────────────

_MINOR = re.compile(
    r"[未小初高中学幼少好三一二四五六七八九十1-9](?:"
    r"(?<=未)成年(?!人保护|人[教工])|(?<=[小初高中])学生|(?<=初)中生|(?<=高)中生|(?<=学)龄前|"
    r"(?<=幼)儿园(?:[大中小]班|小朋友)|(?<=[一二三四五六七八九])年级|(?<=少)先队员|(?<=好)少年|(?<=三)好学生|"
    r"(?<=[初高])(?<![正年].)(?<!正月.)(?<!大年.)[一二三](?![、栋号楼层室期])|"
    r"(?<=[1-9])(?<!\d.)周?岁(?!以[上下]|至|到|及)|(?<=1)(?<!\d.)[0-7]周?岁(?!以[上下]|至|到|及)|"
    r"(?<![一二三四五六七八九十].)(?:(?<=十)[一二三四五六七]|(?<=[一二三四五六七八九十]))岁(?!以))")
"""Words that somebody is said by to be a minor; not those of who works or cares for minors.

It begins with nothing but the characters that begin one, so that Python skips to them: a quarter of the time.
"""

_CARED_FOR = re.compile("给|为|帮|教|接送|陪|护送|照看|照顾|关爱|带|对|面向|辅导|服务")
"""Verbs before which such a word is about whom somebody serves."""


def minor_word(text: str) -> str:
    """Return the words in which a text says that somebody is under 18, empty where it says nothing of the kind."""
    return next((found[0] for found in _MINOR.finditer(text)
                 if not _CARED_FOR.search(_clause_before(text, found.start()))), "")


def _clause_before(text: str, end: int) -> str:
    """Return the last few characters before a place, from the beginning of their clause."""
    return re.split(r"[，。；！？\n]", text[max(0, end - 12):end])[-1]


# ── what is sensitive (PIPL 28) ─────────────────────────────────────────────────────────────────────────────

_DISABLED = "残疾(?!人?(?:之家|坡道|通道|卫生间|厕所|车位|专用|设施|证|联合会|联|保障金|协会))"
_PRIVATE = re.compile(
    _DISABLED + "|"
    "高血压|低血压|降压药|糖尿病|血栓|肿瘤|癌|肝炎|肺结核|艾滋|梅毒|抑郁|精神分裂|自闭症|阿尔茨海默|老年痴呆|尿毒症|白血病|"
    "颈椎病|腰椎|心脏病|冠心病|脑梗|脑卒中|中风|偏瘫|怀孕|流产|化疗|透析|病历|确诊|"
    "信佛|信教|信基督|基督徒|天主教徒|穆斯林|佛教徒|教徒|做礼拜")
_GROUPS = re.compile(
    _DISABLED + r"|低保(?!政策|办理|窗口|标准|申请|业务)|特困|五保|"
    "重[病残]|大病(?!医保|保险)|精神(?:病|障碍|疾病|残疾|患者)|智力障碍|失能|独居|空巢|孤寡|孤儿|失独|计生特殊|困境儿童|留守儿童|"
    "社区矫正|矫正对象|刑满释放|刑释|安置帮教|戒毒|吸毒|涉毒|信访(?:人|户|对象|重点)|上访|邪教|家暴|艾滋|怀孕|流产")


def private_word(text: str) -> str:
    """Return the word in which a text tells of somebody's illness or faith, empty where none is found."""
    found = _PRIVATE.search(text)
    return found[0] if found else ""


def group_word(text: str) -> str:
    """Return the word in which a text tells of a group whose members the law protects, empty where none is found."""
    found = _GROUPS.search(text)
    return found[0] if found else ""


_ANY = re.compile(f"{_GROUPS.pattern}|{_PRIVATE.pattern}")


def tells_of_groups(text: str) -> bool:
    """Whether any of those words stands in a text, or in one of several, a line each."""
    return bool(_ANY.search(text))


_ONE = re.compile(r"(?<!每)[一1１][位名户家个对](?!一)|[该某]|[\d０-９]{1,4}(?:室|号房|楼)|单元")
_ONE_AFTER = re.compile(r"[^，。；！？\n]{0,4}(?<!每)[一1１][位名户](?!一)")


def one_of_group(text: str) -> str:
    """Return the word by which a text singles out one of such a group: 一位独居老人, 301室的低保户; empty for none."""
    return next((found[0] for pattern in (_GROUPS, _PRIVATE) for found in pattern.finditer(text)
                 if _ONE.search(_clause_before(text, found.start())) or _ONE_AFTER.match(text, found.end())), "")
