"""What is personal in a text: numbers of identity cards, mobiles and bank cards, however they are written.

Source: 个人信息保护法 28; ISO 7064 MOD 11-2 for identity cards; ISO/IEC 7812 (Luhn) for bank cards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_SEPARATORS = " \\t\\-–—·._/()（）*\u00a0\u3000"
_RUN = re.compile(rf"\d(?:[{_SEPARATORS}]{{0,2}}[\dxXｘＸ]){{10,}}")
_AMOUNT = re.compile(r"(?<![\d.])\d{11,}\.\d\d(?![\d.])")
_PHONE = re.compile(r"(?<!\d)(?:86)?(1[3-9]\d{9})(?!\d)")
_ID_18 = re.compile(r"(?<![\dA-Z])\d{17}[\dX](?![\dA-Z])")
_ID_15 = re.compile(r"(?<!\d)[1-8]\d{14}(?!\d)")
_CARD = re.compile(r"(?<!\d)62\d{14,17}(?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Found(NamedTuple):
    """Something personal in a text: what it is, from where to where, and its value, written in one way only."""

    code: str
    start: int
    end: int
    value: str


def find(text: str) -> list[Found]:
    """Return what is personal in a text, in order."""
    return [Found(code, run.start(), run.end(), value)
            for run in _RUN.finditer(text) for code, value in _numbers(run[0])]


def _numbers(run: str) -> Iterator[tuple[str, str]]:
    """Yield what the digits of one run are, read with and without the separators between them."""
    digits_only = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in run)
    plain = _AMOUNT.sub(" ", unicodedata.normalize("NFKC", digits_only).upper())
    groups = re.findall(r"[\dX]+", plain)
    seen: set[tuple[str, str]] = set()
    for digits in ("".join(groups), plain, *_windows(groups)):
        for code, pattern, is_one in _RULES:
            for found in pattern.finditer(digits):
                number = found[found.lastindex or 0]
                if is_one(number) and (code, number) not in seen:
                    seen.add((code, number))
                    yield code, number


def _windows(groups: list[str]) -> Iterator[str]:
    """Yield neighbouring groups joined, from a group of three digits on: `139 0733 0000` beside a date."""
    for start, first in enumerate(groups):
        if len(first) < 3:
            continue
        joined = first
        for group in groups[start + 1:]:
            joined += group
            if len(joined) > 19:
                break
            yield joined


def is_id_18(digits: str) -> bool:
    """Whether 18 characters are an identity-card number: a real birth date and the right check character."""
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17] and _is_birth(digits[6:14])


def is_id_15(digits: str) -> bool:
    """Whether 15 digits have the form of the old identity-card number, its birth date real."""
    return _is_birth("19" + digits[6:12])


def _is_birth(text: str) -> bool:
    try:
        return 1900 <= date(int(text[:4]), int(text[4:6]), int(text[6:])).year <= 2100
    except ValueError:
        return False


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others."""
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


_RULES = (("personal-id", _ID_18, is_id_18), ("personal-id", _ID_15, is_id_15),
          ("personal-bank-card", _CARD, is_luhn), ("personal-phone", _PHONE, lambda digits: True))



def shown(digits: str) -> str:
    """Return enough of a number to find it, never the number."""
    return f"{digits[:3]}…{digits[-2:]}"
