"""Where somebody lives, what they drive, where exactly something lies: addresses to the flat, plates, coordinates.

In: a folded text. Out: an address that names room or side of the stairs (a building is fine), whole plates, positions
to four decimals (ten metres) or to the second.
Source: 个人信息保护法 28; GA 36 for plates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.gate.found import Found

# ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────

_FIGURE = "一二三四五六七八九壹贰叁肆伍陆柒捌玖"
_NULL = "零〇○"
_COUNT = f"[{_FIGURE}十拾百]"
_SPACED = r"[ \t\r\n/.,，、;；:：()（）【】|“”\"第_-]{0,3}"
_NEAR = r"[ \t\r\n/._-]{0,3}第?"
_SHAPE = "(?:[A-Za-z]?0?(?:[1-9]|[1-4][0-9])(?:0[1-9]|[1-3][0-9])|[1-9](?:0[1-9]|[1-3][0-9])0[1-9])"
"""Floor and flat, perhaps behind the number of the stairs: 101, 1203, 0803, B302, 10203; neither 500 nor 2060."""
_NO_FLAT = ("(?! ?(?:[户人名位个平㎡mM米元年月日天次盏台部套件棵株只辆吨万千百余多%度路层楼号线处条张份块间根公小分秒座栋幢单"
            "期届岁床车席页本章节款项点时]|家(?![里中的庭住])|会议|活动|办公|值班|物业|党|社区|服务|商|门面|铺))")
"""Behind digits that count, or that name a room for all."""
_FIGURES = f"[东西南北中左右]?(?!(?:19|20)[0-9]{{2}} ?[年./-]){_SHAPE}(?![0-9]|[.,:][0-9]){_NO_FLAT}"
_SPELT = (f"(?:[{_FIGURE}][{_NULL}{_FIGURE}]{{2,3}}|[十拾][{_FIGURE}]?[{_NULL}][{_FIGURE}]|[{_FIGURE}]十[{_FIGURE}]?[{_NULL}]"
          f"[{_FIGURE}]|(?:[{_FIGURE}][千仟])?[{_FIGURE}][百佰][{_NULL}{_FIGURE}十拾]{{1,3}})"
          f"(?![{_NULL}{_FIGURE}十拾百佰千]){_NO_FLAT}")
_ROOM_NUMBER = "[:： \"”|]{0,4}[0-9]{3,4}(?![0-9])"
_LABELLED = f"(?:房号|门牌号?|房间号?){_ROOM_NUMBER}"
_NAMED = (f"(?:[A-Za-z]?[0-9]{{1,5}}|[A-Za-z]|[{_FIGURE}十拾百佰千仟两{_NULL}]{{1,8}}) ?"
          "(?:室(?![内外])|号?房(?![屋改管产]|间数|[两二三]厅)|号室|号?住户|号?户主|号?业主)"
          "|[A-Za-z]?[0-9]{3,4} ?号(?![楼院文线栋门井灯车机])|[1-9][0-9]?0[1-9] ?户|[A-Za-z] ?户"
          f"|{_LABELLED}")
_FLOOR = f"(?:负?(?:[0-9]{{1,2}}|{_COUNT}{{1,3}}) ?[楼层F]|[顶底首][楼层])"
_SIDE = ("(?:[东西南北左右中](?:边|侧|面|间|手边?)?|对[面门]?)的?(?:那|一)*(?:户|家|门(?![口厅岗卫]))"
         "|[左右](?:边|手边?)?(?![\u4e00-\u9fff])|对门")
_STOREY = (f"{_FLOOR}{_NEAR}(?:{_SIDE}|{_FIGURES}|(?:[0-9]{{1,2}}|[{_FIGURE}]) ?号(?:房|户|室|家)?"
           "(?![\u4e00-\u9fff]|[0-9])|[0-9]{1,2} ?号(?:房|户|室|家|业主|住户))")
_FLAT = (f"(?:(?:{_SPACED}{_FLOOR})?{_SPACED}(?:{_NAMED})|{_SPACED}{_STOREY}|{_NEAR}(?:{_FIGURES}|{_SPELT}))"
         f"(?: ?[、,，/和及~-] ?{_SHAPE}(?![0-9]))*(?: ?室| ?号?房)?")
_BEHIND_STAIRS = (
    f"(?:{_FLAT}|{_SPACED}(?:{_FIGURES}|[东西南北左右中](?:边|侧|面|间)?(?:户|家)"
    f"|[0-9]{{1,2}}(?:-[0-9]{{1,2}}(?![0-9-]){_NO_FLAT}| ?号(?:房|户|室|家|业主|住户|(?![\u4e00-\u9fff0-9])))))")
_STAIRS = (f"(?:{_SPACED}(?:[0-9]{{1,2}}|{_COUNT}{{1,3}}|[A-Za-z甲乙丙丁东西中南北]) ?[门梯座]"
           f"|{_NEAR}(?:[0-9]{{1,2}}|{_COUNT}{{1,2}})(?=-[0-9]{{3}}))?")
_UNIT = f"(?:[0-9]{{1,2}}|{_COUNT}{{1,3}}|[A-Za-z甲乙丙丁东西中南北]) ?[单單]元"
_ADDRESS = re.compile(
    f"[号號栋棟幢座#单單排室房门](?:"
    f"(?:(?<=[号號])[楼樓]|(?<=[栋棟幢座])|(?<=#)楼?)(?:{_SPACED}{_UNIT}{_BEHIND_STAIRS}|{_STAIRS}{_FLAT})"
    f"|(?<=[单單])元{_BEHIND_STAIRS}|(?<=排) ?[0-9]{{1,2}} ?号(?![座位楼])"
    f"|(?<=号){_NEAR}(?P<street>){_SHAPE} ?(?P<room>室(?![内外])|号?房(?![屋改管间产]))?(?![0-9]){_NO_FLAT}"
    f"|(?<=[室房])(?:(?<=[0-9]{{3}}.)|(?<=[0-9]{{3}}[ 号].))(?P<home>)|(?<=[房门])(?:(?<=房)[号间]|牌)号?{_ROOM_NUMBER}(?P<label>))")
_NUMBERED = re.compile(rf"(?:(?<![0-9])[0-9]{{1,4}}|{_COUNT}{{1,5}}|(?<![A-Za-z])[A-Za-z]|[甲乙丙丁东西中南北]) ?\Z")
_SIGNED = re.compile(r"(?<![0-9A-Za-z_./-])[0-9]{1,2} ?\Z")
_ON_STREET = re.compile(r"[路街巷弄道里坊村院苑园同] ?[0-9]{1,4} ?\Z")
_DASHED = re.compile(
    rf"(?<![0-9A-Za-z./_-])(?:[0-9A-Za-z]{{1,2}}-)?[A-Za-z]?[0-9]{{1,2}}-[0-9]{{1,2}}-{_FIGURES}(?![A-Za-z./_-])"
    rf"|(?<![0-9A-Za-z./_-])[0-9A-Za-z]{{1,2}}-{_SHAPE} ?(?:号?住户|号?业主)"
    rf"|(?:住址|房号|门牌号?|家?住|address)[:： ]{{0,3}}[0-9]{{1,2}}-{_FIGURES}(?![A-Za-z./_-])")
_HOME_BEFORE = re.compile(rf"(?:公寓|宿舍|小区|花园|[苑府]|家属[楼院]|(?:宿舍|公寓|住宅|职工)楼|住|家在) ?{_SHAPE}[ 号]?\Z"
                          rf"|(?<![0-9A-Za-z./_-])[0-9A-Za-z]{{1,2}}-{_SHAPE}[ 号]?\Z")
_OWN = re.compile(rf"{_SHAPE}[ 号]?\Z")
_HOME_BEHIND = re.compile(" ?(?:住户|业主|户主)")
_ENGLISH = re.compile(r"(?i)\b(?:building|bldg|block|unit)\b[^\n]{1,24}?\b(?:room|rm|apt|flat|apartment)\b[ .:#\"']{0,4}[0-9]{3,4}(?![0-9])"
                      r"|\b(?:room|rm|apt|flat|apartment)\b[ .:#\"']{0,4}[0-9]{3,4}\b[^\n]{1,24}?\b(?:building|bldg|block)\b")
HOMES = ("室", "房", "门牌")
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
        home = _HOME_BEFORE.search(before) or (_HOME_BEHIND.match(found.string, found.end()) and _OWN.search(before))
        return home.start() if home else None
    numbered = (_SIGNED if found[0][0] == "#" else _NUMBERED).search(before)
    is_room = found["street"] is None or found["room"] or _ON_STREET.search(before)
    return numbered.start() if numbered and is_room else None


def find_dashed(text: str) -> Iterator[Found]:
    """Yield addresses that are numbers with dashes between them: 3-2-501."""
    return (_address(text, found.start(), found.end()) for found in _DASHED.finditer(text))


def find_english(text: str) -> Iterator[Found]:
    """Yield addresses as English writes them: Room 501, Unit 2, Building 3."""
    return (_address(text, found.start(), found.end()) for found in _ENGLISH.finditer(text))


def _address(text: str, start: int, end: int) -> Found:
    return Found("personal-address", start, end, re.sub(r"[\s/.,，、()（）_第]", "", text[start:end]))


# ── plates ───────────────────────────────────────────────────────────────────────────────────────────────────

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使]"
_GAP = r"[ \t\r\n.·•・()（）_:：*-]{0,2}"
_PLATE = re.compile(
    f"{_PROVINCE}(?:(?<!使)(?<![0-9].){_GAP}[A-Za-z]{_GAP}(?:"
    f"[A-Za-z]{_GAP}[0-9A-Za-z](?:{_GAP}[0-9]){{4}}|(?:[0-9]{_GAP}){{5}}[A-Za-z]"
    f"|[0-9A-Za-z](?:{_GAP}[0-9A-Za-z]){{3}}{_GAP}(?:[0-9A-Za-z]|[挂学警港澳领]))(?![0-9A-Za-z])"
    "|(?<=使)(?<![\u4e00-\u9fff].) ?[0-9]{3}[ .-]?[0-9]{3}(?![0-9.]| ?[元人万次名余多户%])"
    "|(?<=使)(?P<mission>(?<=[0-9]{6}.)(?<![0-9]{7}.)(?![用得其馆命者节])))")


def find_plates(text: str) -> Iterator[Found]:
    """Yield plates of vehicles: at least two of their last five or six signs are digits."""
    for found in _PLATE.finditer(text):
        start = found.start() - (6 if found["mission"] is not None else 0)
        value = "".join(filter(str.isalnum, text[start:found.end()])).upper()
        if sum(map(str.isdigit, value[2:])) >= 2:
            yield Found("personal-plate", start, found.end(), value)


# ── coordinates ──────────────────────────────────────────────────────────────────────────────────────────────

_DEGREES = "[0-9]{1,3}[.][0-9]{4,15}"
_BETWEEN = "(?:[^0-9\n%\u4e00-\u9fff]|[东西南北经纬度，、；]){1,12}"
_PAIR = re.compile(rf"(?<![0-9.])({_DEGREES})(?![0-9%]){_BETWEEN}({_DEGREES})(?![0-9%])")
_ONE = re.compile(r"(?:[经纬]度?|坐标|定位|(?<![A-Za-z])(?i:lat|lng|lon|gps|longitude|latitude)(?![A-Za-z]))[^0-9\n]{0,6}"
                  rf"({_DEGREES})(?![0-9%])")
_SECONDS = re.compile(r"""(?<![0-9])[0-9]{1,3} ?° ?[0-9]{1,2} ?['′’‘] ?[0-9]{1,2}(?:\.[0-9]+)? ?(?:["″”“]|'')"""
                      r"|[经纬] ?[0-9]{1,3} ?度 ?[0-9]{1,2} ?分 ?[0-9]{1,2}(?:\.[0-9]+)? ?秒")
_LATITUDE, _LONGITUDE = (3, 54), (73, 136)


def find_coordinates(text: str) -> Iterator[Found]:
    """Yield positions in China to four decimals, pairs in either order, and what is called one."""
    last = 0
    for found in _PAIR.finditer(text):
        low, high = sorted((float(found[1]), float(found[2])))
        if _LATITUDE[0] <= low <= _LATITUDE[1] and _LONGITUDE[0] <= high <= _LONGITUDE[1]:
            yield Found("personal-gps", found.start(), found.end(), f"{found[1]},{found[2]}")
            last = found.end()
    for found in _ONE.finditer(text):
        if found.start() >= last and _LATITUDE[0] <= float(found[1]) <= _LONGITUDE[1]:
            yield Found("personal-gps", found.start(1), found.end(1), found[1])
    for found in _SECONDS.finditer(text):
        yield Found("personal-gps", found.start(), found.end(), re.sub(r"\s", "", found[0]))
