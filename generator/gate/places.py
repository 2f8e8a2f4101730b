"""What somebody drives, and where exactly something lies: plates and coordinates.

In: a folded text. Out: whole plates; positions in China to four decimals (ten metres) or to the second.
Source: 个人信息保护法 28; GA 36 for plates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.gate.found import Found, Start, led_by

# ── plates ───────────────────────────────────────────────────────────────────────────────────────────────────

_GAP = r"[ \t\r\n.·•・()（）_:：*-]{0,2}"
START = Start(
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使",
    f"(?<!使)(?<![0-9].){_GAP}[A-Za-z]{_GAP}(?:"
    f"[A-Za-z]{_GAP}[0-9A-Za-z](?:{_GAP}[0-9]){{4}}|(?:[0-9]{_GAP}){{5}}[A-Za-z]"
    f"|[0-9A-Za-z](?:{_GAP}[0-9A-Za-z]){{3}}{_GAP}(?:[0-9A-Za-z]|[挂学试警港澳领]))(?![0-9A-Za-z])"
    "|(?<=使)(?<![\u4e00-\u9fff].) ?[0-9]{3}[ .-]?[0-9]{3}(?![0-9.]| ?[元人万次名余多户%])"
    "|(?<=使)(?P<mission>(?<=[0-9]{6}.)(?<![0-9]{7}.)(?![用得其馆命者节]))")
"""A province, and 使 of a mission."""
_PLATE = re.compile(START.source)
_CALLED = re.compile(r"车牌号?码?[ \t:：为是]{0,3}([A-Z][0-9A-Z]{5,6})(?![0-9A-Za-z])")
"""Neighbours leave the province out."""


def find_plates(text: str) -> Iterator[Found]:
    """Yield plates of vehicles: at least two of their last five or six signs are digits."""
    for found in _PLATE.finditer(text):
        start = found.start() - (6 if found["mission"] is not None else 0)
        value = "".join(filter(str.isalnum, text[start:found.end()])).upper()
        if sum(map(str.isdigit, value[2:])) >= 2:
            yield Found("personal-plate", start, found.end(), value)
    for found in _CALLED.finditer(text) if "车牌" in text else ():
        if sum(map(str.isdigit, found[1])) >= 2:
            yield Found("personal-plate", *found.span(1), found[1])


# ── coordinates ──────────────────────────────────────────────────────────────────────────────────────────────

_DEGREES = "[0-9]{1,3}[.][0-9]{4,15}"
_BETWEEN = "(?:[^0-9\n%A-Za-z\u4e00-\u9fff]|(?i:lat|lng|lon)(?:itude|gitude)?|[NSEWxXyY]|[东西南北经纬度，、；]){1,12}"
"""Not other words: shares and scores with many decimals stand beside each other in data."""
_PAIR = re.compile(rf"[0-9](?<![0-9.].)(?P<first>[0-9]{{0,2}}[.][0-9]{{4,15}})(?![0-9%])"
                   rf"{_BETWEEN}(?P<second>{_DEGREES})(?![0-9%])")
_ONE_HEAD = re.compile("[经纬坐定lLgG]")
_ONE = re.compile(r"(?:[经纬]度?|坐标|定位|(?<![A-Za-z])(?i:lat|lng|lon|gps|longitude|latitude)(?![A-Za-z]))"
                  rf"[^0-9\n]{{0,6}}({_DEGREES})(?![0-9%])")
_SECONDS = re.compile(r"""(?<![0-9])[0-9]{1,3} ?° ?[0-9]{1,2} ?['′’‘] ?[0-9]{1,2}(?:\.[0-9]+)? ?(?:["″”“]|'')"""
                      r"|[经纬] ?[0-9]{1,3} ?度 ?[0-9]{1,2} ?分 ?[0-9]{1,2}(?:\.[0-9]+)? ?秒")
_LATITUDE, _LONGITUDE = (3, 54), (73, 136)


def find_coordinates(text: str) -> Iterator[Found]:
    """Yield positions in China to four decimals, pairs in either order, and what is called one."""
    last = 0
    for found in _PAIR.finditer(text):
        first, second = found[0][0] + found["first"], found["second"]
        low, high = sorted((float(first), float(second)))
        if _LATITUDE[0] <= low <= _LATITUDE[1] and _LONGITUDE[0] <= high <= _LONGITUDE[1]:
            yield Found("personal-gps", found.start(), found.end(), f"{first},{second}")
            last = found.end()
    for found in led_by(_ONE_HEAD, _ONE, text):
        if found.start() >= last and _LATITUDE[0] <= float(found[1]) <= _LONGITUDE[1]:
            yield Found("personal-gps", found.start(1), found.end(1), found[1])


def find_seconds(text: str) -> Iterator[Found]:
    """Yield positions in degrees, minutes and seconds."""
    for found in _SECONDS.finditer(text):
        yield Found("personal-gps", found.start(), found.end(), re.sub(r"\s", "", found[0]))
