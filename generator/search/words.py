"""Text becomes words that Pagefind can hold: Chinese has no spaces, so two characters after each other make a word.

`theme/assets/search.js` splits what a reader types in the same way. Any two characters that stand together are found,
whatever a dictionary thinks of them, and no browser has to know Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import add

HAN = "\u3400-\u9fff"
RUN = re.compile(rf"[{HAN}]+|[0-9a-z]+", re.I)
HAN_RUN = re.compile(f"[{HAN}]")
PIECE = re.compile(rf"([{HAN}]+|[0-9a-z]+)([^{HAN}0-9a-z]*)", re.I)
LATIN = "abcdefghijklmnopqrstuvwxyz"
NUMERALS = "零〇一二两三四五六七八九十百"
UNIT = "栋|单元|号|楼|层|室|户|期|组|区|巷|弄|网格"
NUMBERED = re.compile(rf"(?<!\d)\d++(?:{UNIT})")
NAMED = re.compile(r"(?<![a-z])[a-z]+[0-9]+(?![a-z])")
"""What is written as letters and a number: DN450, p-0001."""
GLUED = re.compile(rf"\d+(?:{UNIT})|[0-9a-z]+|[{HAN}]+")
NUMERAL = re.compile(rf"(?<![{NUMERALS}])[{NUMERALS}]++(?=幢|座|{UNIT})")
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
NARROW = {c: c - 0xfee0 for c in range(0xff01, 0xff5f)}
NARROW_WORDS = {c: n for c, n in NARROW.items() if chr(n).isalnum()}
END = "\u3126"
"""Ends every word that is no pair. Else Pagefind, asked for zhangsan where none is, would give what holds zhang."""
SPELLED, SYLLABLES = 8, 4
"""So many initials, and so many whole syllables, are spelled from each character on."""


def stream(text: str) -> str:
    """Return a text as words that still show it: each pair of characters in turn, and the last character of a run.

    A reader's browser puts the text together again from the first character of every pair.
    """
    words = []
    for run, after in PIECE.findall(text.translate(NARROW_WORDS)):
        parts = _split(run)
        words += parts[:-1]
        words.append(parts[-1] + "".join(after.split()))
    return " ".join(words)


def pairs(run: str) -> list[str]:
    """Return every two characters of a run of Chinese, and its last one alone."""
    return [*map(add, run, run[1:]), run[-1] + END]


@lru_cache(maxsize=8192)
def terms(text: str) -> tuple[str, ...]:
    """Return the words under which a name is found: its characters in pairs, and its numbers with their unit."""
    words = [w.lower() for run in RUN.findall(text.translate(NARROW)) for w in _split(run)]
    words += [w for run in GLUED.findall(normal(text)) for w in _split(run)]
    return tuple(dict.fromkeys([*words, *numbers(text)]))


def _split(run: str) -> list[str]:
    return pairs(run) if HAN_RUN.match(run) else [run + END]


def numbers(text: str) -> list[str]:
    """Return the numbers of a text as they are looked up: 三号楼 as 3栋, DN-450 as dn450 and 450."""
    plain = normal(text)
    named = NAMED.findall(plain)
    digits = [word.lstrip(LATIN) for word in named]
    return [word + END for word in dict.fromkeys([*NUMBERED.findall(plain), *named, *digits])]


def normal(text: str) -> str:
    """Return a text with numerals before a unit as digits, every house a 栋, and letters joined to their number."""
    plain = NUMERAL.sub(lambda found: str(counted(found[0])), text.translate(NARROW).lower())
    plain = re.sub(r"(\d)(?:幢|座|号楼)", r"\1栋", plain)
    return re.sub(r"([a-z])[-_ ]+(?=\d)", r"\1", plain)


def counted(numeral: str) -> int:
    """Return the value of a Chinese numeral below a thousand; digits after each other are read one by one."""
    if not set(numeral) & {"十", "百"}:
        return int("".join(str(DIGITS[c]) for c in numeral))
    total, last = 0, -1
    for char in numeral:
        if char in "十百":
            total += (1 if last < 0 else last) * (100 if char == "百" else 10)
            last = -1
        else:
            last = DIGITS[char] or -1
    return total + max(last, 0)


@lru_cache(maxsize=8192)
def spelled(name: str) -> tuple[str, ...]:
    """Return how a name is typed without Chinese, from each of its characters on: initials, and whole syllables."""
    from pypinyin import lazy_pinyin

    sounds = lazy_pinyin("".join(RUN.findall(name.translate(NARROW).lower())))
    return tuple(dict.fromkeys(_from_each(sounds)))


def _from_each(sounds: list[str]) -> Iterator[str]:
    for i, sound in enumerate(sounds):
        if sound[0].isalpha():
            yield "".join(s if s[0].isdigit() else s[0] for s in sounds[i:i + SPELLED]) + END
            yield "".join(sounds[i:i + SYLLABLES]) + END
