"""Level 1. Characters that no text may hold: they show nothing, or something else than what is written.

Whole scripts are left alone: a community writes as it speaks. What is refused is what no reader can see or tell apart,
and what searching, sorting and comparing would take for another word. Sources: Unicode TR 36 and 39, Trojan Source
(CVE-2021-42574). What Unicode has not assigned yet is let through: tomorrow's version may hold somebody's surname.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff"
    "\U000e0000-\U000e00ff\U000e01f0-\U0010ffff]|(?<![\u1820-\u18aa])\u180e")
"""Controls, bidi marks, zero widths, tags, other line breaks, halves of characters, private use, non-characters."""

_LATIN = dict(zip("АВЕЅІЈКМНОРСТУХаесорхуіјѕһԁԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
                  "ABESIJKMHOPCTYXaecopxyijshdqwvABEZHIKMNOPTYXo", strict=True))
_RADICALS = dict(zip(
    "⺁⺈⺌⺍⺕⺗⺝⺟⺠⺩⺫⺬⺮⺶⺷⺹⺻⻁⻄⻅⻆⻉⻋⻌⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "厂刀小小彐心月母民王目示竹羊羊老聿虎西见角贝车辶长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙龟", strict=True))
_LETTERS = "".join(_LATIN)
_LOOKALIKE = re.compile(
    f"[\u2e80-\u2fd5\ufb00-\ufb06\U0001d400-\U0001d7ff]|(?<=[A-Za-z])[{_LETTERS}]|[{_LETTERS}](?=[A-Za-z])")
"""Radicals for characters, as PDFs give them; fancy Latin; Cyrillic and Greek letters in a Latin word."""

_ODD = re.compile(
    "[^\t\n\r\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2100-\u2bff\u3000-\u3029"
    "\u3030-\u303f\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u31a0-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffe6\U0001f000-\U0001faff\U00020000-\U000323af]")
"""What is not plain Chinese, Latin, punctuation or a picture: seldom, and only then is worth a closer look."""

LIMIT_MARKS = 8
_UNWORDLY = re.compile(
    rf"[^\w\s\u0000-\u02ff\u2010-\u20cf\u2100-\u2bff\u3001-\u3029\uff00-\uffef]{{{LIMIT_MARKS + 1},}}")


CODES = ("hidden-character", "lookalike-character", "piled-marks")


class Unfit(NamedTuple):
    """A character that a text may not hold: where it stands, and the code and values of what is said about it."""

    offset: int
    code: str
    values: dict[str, Any]


def unfit(text: str) -> Unfit | None:
    """Return the first character that may not stand in a text, None for a sound one."""
    if not _ODD.search(text):
        return None
    found = [one for one in (_hidden(text), _lookalike(text), _piled(text)) if one]
    return min(found, default=None)


def _hidden(text: str) -> Unfit | None:
    found = HIDDEN.search(text)
    return Unfit(found.start(), "hidden-character", {"name": _name(found[0])}) if found else None


def _lookalike(text: str) -> Unfit | None:
    found = _LOOKALIKE.search(text)
    if not found:
        return None
    meant = _LATIN.get(found[0]) or _RADICALS.get(found[0]) or unicodedata.normalize("NFKC", found[0])
    return Unfit(found.start(), "lookalike-character", {"shown": found[0], "name": _name(found[0]), "meant": meant})


def _piled(text: str) -> Unfit | None:
    """Return the first pile of marks over one letter: it covers other lines, and takes minutes to normalise."""
    for found in _UNWORDLY.finditer(text):
        height = 0
        for offset, char in enumerate(found[0], found.start()):
            height = height + 1 if unicodedata.category(char)[0] == "M" else 0
            if height > LIMIT_MARKS:
                return Unfit(offset, "piled-marks", {"limit": str(LIMIT_MARKS)})
    return None


def _name(char: str) -> str:
    return f"U+{ord(char):04X}"
