"""Texts as detectors read them: every digit and letter in its plain form, nothing invisible between them.

In: any text. Out: the same with compatibility forms folded (NFKC), dashes, dots and spaces made plain, and what cannot
be seen taken out, and for every place in it where that stood in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.gate.found import Start

_DASHES = "‐‑‒–—―−﹣－"
_DOTS = "·•‧∙⋅・･．﹒"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000"
_BLOCKS = ((0xB2, 0xBA), (0x0660, 0x1C60), (0x2070, 0x208A), (0x2100, 0x2140), (0x2460, 0x2500), (0x2776, 0x2794),
           (0xA620, 0xAC00), (0xFF01, 0xFF5F), (0x1D400, 0x1D800), (0x1F100, 0x1F10D), (0x1F130, 0x1F14A),
           (0x1FBF0, 0x1FBFA))
_UNSEEN = ("\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5"
           "\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufeff\uffa0"
           "\ufff9-\ufffb")
"""What is not seen or only laid over the character before it: zero-width, bidi and control characters, strokes."""


def _plain_form(char: str) -> str:
    """Return the one ASCII character that a character stands for, else the character itself."""
    digit = unicodedata.digit(char, None)
    plain = str(digit) if digit is not None else unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and plain.isascii() else char


def _ranges(points: Iterable[int]) -> str:
    """Return code points as the inside of a character class."""
    found: list[list[int]] = []
    for point in sorted(points):
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)


_FORMS = {point: _plain_form(chr(point)) for start, stop in _BLOCKS for point in range(start, stop)}
_FOLDS = ({point: plain for point, plain in _FORMS.items() if plain != chr(point)}
          | dict.fromkeys(map(ord, _DASHES), "-") | dict.fromkeys(map(ord, _DOTS), ".")
          | dict.fromkeys(map(ord, _SPACES), " "))
_ALWAYS = _ranges(at for at, plain in _FOLDS.items() if at < 0x10000 and (plain.isalnum() or plain in "@#+"))
_BESIDE = _ranges(at for at, plain in _FOLDS.items() if not plain.isalnum() and plain not in "@#+(),:;!?")
_SPOKEN = "零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖〡〢〣〤〥〦〧〨〩㈠㈡㈢㈣㈤㈥㈦㈧㈨㊀㊁㊂㊃㊄㊅㊆㊇㊈"
_FIGURES = str.maketrans(_SPOKEN, "00012345678912" + 4 * "123456789")
_IN_WORDS = re.compile(f"[{_SPOKEN}](?:[ .-]{{0,3}}[{_SPOKEN}]){{10,}}")
START = Start(
    f"{_ALWAYS}{_BESIDE}{_UNSEEN}（）{_SPOKEN}",
    f"(?<=[{_ALWAYS}{_UNSEEN}])"
    "|(?<=[0-9][（）])[0-9（）]"
    f"|(?<=[0-9A-Za-z][{_BESIDE}])|(?<=[{_SPOKEN}])(?:[ .{_BESIDE}-]{{0,3}}[{_SPOKEN}]){{10}}")
"""What makes folding worth it: dashes and brackets only beside digits, Chinese figures only in a row of eleven."""
_UNUSUAL = re.compile(START.source)
_FOLDED = re.compile(f"[{_ranges(at for at in _FOLDS if at < 0x10000)}\U00010000-\U0010ffff]+")
_HIDDEN = re.compile(f"[{_UNSEEN}\U000e0000-\U000e01ef]")


class Folded(NamedTuple):
    """A text in its plain form. cuts: where in it something was taken out, in order."""

    text: str
    cuts: Sequence[int]

    def origin(self, at: int) -> int:
        """Return where in the text before folding a character of this one stood."""
        return at + bisect_right(self.cuts, at)


def fold(text: str) -> Folded:
    """Return a text in its plain form, long rows of Chinese figures as digits."""
    if not (_UNUSUAL.search(text) or is_beyond(text)):
        return Folded(text, ())
    plain = _FOLDED.sub(lambda some: some[0].translate(_FOLDS), text)  # few characters of a text change
    cuts = [found.start() - number for number, found in enumerate(_HIDDEN.finditer(plain))]
    if cuts:
        plain = _HIDDEN.sub("", plain)
    return Folded(_IN_WORDS.sub(lambda row: row[0].translate(_FIGURES), plain), cuts)


def is_beyond(text: str) -> bool:
    """Whether a text holds a character beyond the first 65,536: mathematical digits, tags; a class of them is slow."""
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
