"""Addresses that name a single home: a building is fine, and its stairs; room, flat and side of the stairs are not.

In: a folded text. Out: 3栋2单元501室 and 3-2-501, 三栋五零一, 5楼东户 of a building, 人民路12号502室, 幸福公寓301室.
A number counts as a flat where it is called one, or where it has the form of floor and flat and nothing is counted
by it: 3栋120户 and 12栋2026年 are no addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.gate.found import Found, Start, led_by

# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────

_FIGURE = "一二三四五六七八九壹贰叁肆伍陆柒捌玖"
_NULL = "零〇○"
_COUNT = f"[{_FIGURE}十拾百]"
_SOME = f"(?:[0-9]{{1,2}}|{_COUNT}{{1,3}})"
_SPACED = r"[ \t\r\n/.,，、;；:：()（）【】|“”\"第_-]{0,3}"
_NEAR = r"[ \t\r\n/._-]{0,3}第?"
_NO_WORD = "(?![\u4e00-\u9fff0-9])"
_ROOM = "室(?![内外])"
_HOUSE = "号?房(?![屋改管产间号]|[两二三]厅)"
_OWNERS = "(?:住户|业主|户主)"
_BEGINS = "(?<![0-9A-Za-z./_-])"

# ── rooms ────────────────────────────────────────────────────────────────────────────────────────────────────

_SHAPE = "(?:[A-Za-z]?0?(?:[1-9]|[1-4][0-9])(?:0[1-9]|[1-3][0-9])|[1-9](?:0[1-9]|[1-3][0-9])0[1-9])"
"""Floor and flat, perhaps behind the number of the stairs: 101, 1203, 0803, B302, 10203; neither 500 nor 2060."""
_COUNTS = ("(?! ?(?:[户人名位个平㎡mM米元年月日天次盏台部套件棵株只辆吨万千百余多%度路层楼号线处条张份块间根公小分秒"
           "座栋幢单期届岁床车席页本章节款项点时桌]|V(?![Xx信:：])|家(?![里中的庭住])|会议|活动|办公|值班|物业|党|社区|服务|商|门面|铺))")
"""Not before words for what is counted, or for a room for all."""
_FIGURES = (f"[东西南北中左右]?(?!(?:19|20)[0-9]{{2}} ?[年./-]){_SHAPE}"
            f"(?![0-9]|[.,:][0-9]|[ -][0-9]{{4}}(?![0-9]{{0,3}}[室房])){_COUNTS}")
_SPELT = (f"(?:[{_FIGURE}][{_NULL}{_FIGURE}]{{2,3}}|[{_FIGURE}]?[十拾][{_FIGURE}]?[{_NULL}][{_FIGURE}]"
          f"|(?:[{_FIGURE}][千仟])?[{_FIGURE}][百佰][{_NULL}{_FIGURE}十拾]{{1,3}})"
          f"(?![{_NULL}{_FIGURE}十拾百佰千]){_COUNTS}")
_LETTERED = ("(?:[1-4][0-9][A-E]|[2-9][ABE])(?![0-9A-Za-z./_-]| ?[空插断漏开电熔级纸类型款区座栋口门登])"
             f"{_COUNTS}")
"""Floor and letter of the flat: 16C; neither a floor (16F) nor what is measured or sold so (3C, 5G, 24H, 16A断路器)."""
_NUMBER = f"(?:[A-Za-z]?[0-9]{{1,5}}|[A-Za-z]|[{_FIGURE}十拾百佰千仟两{_NULL}]{{1,8}})"
_LABELLED = "[:： \"”|]{0,4}[0-9]{3,4}(?![0-9])"
_CALLED = (f"{_NUMBER} ?(?:{_ROOM}|{_HOUSE}|号?房间(?!数)|号室|号?{_OWNERS})|(?:房号|门牌号?|房间号?){_LABELLED}"
           "|[A-Za-z]?[0-9]{3,4} ?号(?![楼院文线栋门井灯车机])|(?:(?:[2-9]|[12][0-9])0[1-4]|[A-Za-z]) ?户")
_SIDE = ("(?:[东西南北左右中](?:边|侧|面|间|手边?)?|对[面门]?)的?(?:那|一)*(?:户|家|门(?![口厅岗卫]))"
         "|[左右](?:边|手边?)?(?![\u4e00-\u9fff])|对门")
_BY_NUMBER = f" ?号(?:房|户|室|家|{_OWNERS}|{_NO_WORD})"
_FLOOR = f"(?:负?{_SOME} ?[楼层F]|[顶底首][楼层])"
_ON_FLOOR = f"{_FLOOR}{_NEAR}(?:{_SIDE}|{_FIGURES}|(?:[0-9]{{1,2}}|[{_FIGURE}]){_BY_NUMBER})"
_FLAT = (f"(?:(?:{_SPACED}{_FLOOR})?{_SPACED}(?:{_CALLED})|{_SPACED}{_ON_FLOOR}"
         f"|{_NEAR}(?:{_FIGURES}|{_SPELT}|{_LETTERED}))(?: ?[、,，/和及~-] ?{_SHAPE}(?![0-9]))*(?: ?室| ?号?房)?")
_FLAT_BY_STAIRS = (f"(?:{_FLAT}|{_SPACED}(?:{_FIGURES}|[东西南北左右中](?:边|侧|面|间)?(?:户|家)"
                   f"|[0-9]{{1,2}}(?:{_BY_NUMBER}|-[0-9]{{1,2}}(?![0-9-]){_COUNTS})))")

# ── buildings ────────────────────────────────────────────────────────────────────────────────────────────────

_WING = f"(?:{_SOME}|[A-Za-z甲乙丙丁东西中南北]) ?"
_STAIRS = f"(?:{_SPACED}{_WING}[门梯座]|{_NEAR}{_SOME}(?=-[0-9]{{3}}))?"
START = Start(
    "号號栋棟幢座舍#单單排室房",
    f"(?:(?<=[号號])[楼樓]|(?<=[栋棟幢座舍])|(?<=#)楼?)(?:{_SPACED}{_WING}[单單]元{_FLAT_BY_STAIRS}|{_STAIRS}{_FLAT})"
    f"|(?<=[单單])元{_FLAT_BY_STAIRS}"
    "|(?<=排) ?[0-9]{1,2} ?号(?![座位楼桌席])"
    f"|(?<=号){_NEAR}(?P<street>){_SHAPE} ?(?P<room>{_ROOM}|{_HOUSE})?(?![0-9]){_COUNTS}"
    "|(?<=[室房])(?:(?<=[0-9]{3}.)|(?<=[0-9]{3}[ 号].))(?P<home>)"
    f"|(?<=房)(?:间?号|间){_LABELLED}(?P<label>)")
"""A mark of a building, a street or a room."""
_ADDRESS = re.compile(START.source)
_NUMBERED = re.compile(rf"(?:(?<![0-9])[0-9]{{1,4}}|{_COUNT}{{1,5}}|(?<![A-Za-z])[A-Za-z]|[甲乙丙丁东西中南北]) ?\Z")
_SIGNED = re.compile(rf"{_BEGINS}[0-9]{{1,2}} ?\Z")
_SEAT = re.compile(r"(?:[座席]位|[座坐]席|看台|观众席)[:： ]{0,2}第?[0-9]{1,2} ?\Z")
_ON_STREET = re.compile(r"[路街巷弄道里坊村院苑园同] ?[0-9]{1,4} ?\Z")
_NAMED_HOUSE = re.compile(
    rf"(?:公寓|宿舍|小区|花园|[苑府]|家属[楼院]|(?:宿舍|公寓|住宅|职工)楼|住|家在) ?{_SHAPE}[ 号]?\Z"
    rf"|{_BEGINS}[0-9A-Za-z]{{1,2}}-{_SHAPE}[ 号]?\Z")
_OWN = re.compile(rf"{_SHAPE}[ 号]?\Z")
_OWNER = re.compile(f" ?{_OWNERS}")
_DASHED_HEAD = re.compile("[0-9A-Za-z家住房门一二三四五](?:(?<![0-9A-Za-z./_-].)(?=[0-9A-Za-z]{0,2}-[0-9A-Za-z])"
                          "|(?<=[家住房门一二三四五])|(?<=a)ddress)")
_DASHED = re.compile(
    f"{_BEGINS}(?:[0-9A-Za-z]{{1,2}}-)?[A-Za-z]?[0-9]{{1,2}}-[0-9]{{1,2}}-{_FIGURES}(?![A-Za-z./_-])"
    f"|{_BEGINS}[0-9A-Za-z]{{1,2}}-{_SHAPE} ?号?{_OWNERS}"
    f"|(?:住址|房号|门牌号?|家?住|address|(?<!第)[一二三四五]期)[:： ]{{0,3}}[0-9]{{1,2}}-{_FIGURES}(?![A-Za-z./_-])")
_CODE = re.compile(r"(?:(?<![号编])码|[单票签]号)[:： ]{0,2}\Z")
"""A code to fetch or prove something with; 门牌号码 and 房屋编码 are addresses."""
_FLAT_NUMBER = r"\b(?:room|rm|apt|flat|apartment)\b[ .:#\"']{0,4}[0-9]{3,4}(?![0-9])"
_ENGLISH = re.compile(rf"(?i)\b(?:building|bldg|block|unit)\b[^\n]{{1,24}}?{_FLAT_NUMBER}"
                      rf"|{_FLAT_NUMBER}[^\n]{{1,24}}?\b(?:building|bldg|block)\b")


def find_addresses(text: str) -> Iterator[Found]:
    """Yield addresses that name a flat: in a numbered building, by the name of the house, as somebody's."""
    for found in _ADDRESS.finditer(text):
        before = text[max(0, found.start() - 12):found.start()]
        if (start := _begin(found, before)) is not None:
            yield _address(text, found.start() - len(before) + start, found.end())


def _begin(found: re.Match[str], before: str) -> int | None:
    """Return where in what stands before it an address begins; None for what is no address."""
    if found["label"] is not None:
        return len(before)
    if found["home"] is not None:
        home = _NAMED_HOUSE.search(before) or (_OWNER.match(found.string, found.end()) and _OWN.search(before))
        return home.start() if home else None
    if found[0][0] == "排" and _SEAT.search(before):
        return None
    numbered = (_SIGNED if found[0][0] == "#" else _NUMBERED).search(before)
    is_room = found["street"] is None or found["room"] or _ON_STREET.search(before)
    return numbered.start() if numbered and is_room else None


def find_dashed(text: str) -> Iterator[Found]:
    """Yield addresses that are numbers with dashes between them: 3-2-501."""
    return (_address(text, found.start(), found.end()) for found in led_by(_DASHED_HEAD, _DASHED, text)
            if not _CODE.search(text[max(0, found.start() - 6):found.start()]))


def find_english(text: str) -> Iterator[Found]:
    """Yield addresses as English writes them: Room 501, Unit 2, Building 3."""
    return (_address(text, found.start(), found.end()) for found in _ENGLISH.finditer(text))


def _address(text: str, start: int, end: int) -> Found:
    return Found("personal-address", start, end, re.sub(r"[\s/.,，、()（）_第]", "", text[start:end]))
