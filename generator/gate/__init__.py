"""Level 2. The privacy gate: personal numbers are refused in whatever is to be published.

In: the text of a source file. Out: Problems with line and column. The rules look at digits only; a number that
the law lets be public (an office's telephone) is allowed by the field it stands in, never by its value.
Source: 个人信息保护法 28; ISO 7064 MOD 11-2 for identity cards; ISO/IEC 7812 (Luhn) for bank cards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.problem import Place, Problem

CONTACT_KEYS = ("contact", "reply_channel", "channel")
_SEPARATORS = " \\t\\-–—·._/()（）*\u00a0\u3000"
_RUN = re.compile(rf"\d(?:[{_SEPARATORS}]{{0,2}}[\dxXｘＸ]){{10,}}")
_FOLDED = re.compile(r"\\|\n[ \t]+\d")
_AMOUNT = re.compile(r"(?<![\d.])\d{11,}\.\d\d(?![\d.])")
_PHONE = re.compile(r"(?<!\d)(?:86)?(1[3-9]\d{9})(?!\d)")
_ID_18 = re.compile(r"(?<![\dA-Z])\d{17}[\dX](?![\dA-Z])")
_ID_15 = re.compile(r"(?<!\d)[1-8]\d{14}(?!\d)")
_CARD = re.compile(r"(?<!\d)62\d{14,17}(?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def personal(text: str, path: str, data: Any = None) -> list[Problem]:
    """Return a Problem for every identity-card, mobile and bank-card number in `text`, at its line and column.

    data: what was read from `text`, so that an office's telephone may stand in the fields for it, and only there.
    """
    found = [(run.start(), code, digits) for run in _RUN.finditer(text) for code, digits in _numbers(run[0])]
    allowed = _office_phones(data) if found else set()
    return [_problem(text, path, offset, code, digits) for offset, code, digits in found
            if not (code == "personal-phone" and digits in allowed)]


def _office_phones(data: Any) -> set[str]:
    """Return the mobile numbers that stand in fields for an office's contact, and in no other field."""
    inside: set[str] = set()
    outside: set[str] = set()
    for keys, value in _texts(data):
        numbers = {digits for run in _RUN.finditer(value) for _, digits in _numbers(run[0])}
        (inside if keys and keys[-1] in CONTACT_KEYS else outside).update(numbers)
    return inside - outside


def personal_values(text: str, data: Any, path: str) -> list[Problem]:
    """Return the same Problems for values whose digits the text hides: escapes, and numbers folded over lines.

    data: what was read from `text`. Each Problem stands at its value's keys.
    """
    if not _FOLDED.search(text):
        return []
    shown = {problem.values["shown"] for problem in personal(text, path, data)}
    return [Problem(code, Place(path, keys=keys), {"shown": _shown(digits)})
            for keys, value in _texts(data) for run in _RUN.finditer(" ".join(value.split()))
            for code, digits in _numbers(run[0])
            if _shown(digits) not in shown and not (code == "personal-phone" and keys[-1] in CONTACT_KEYS)]


def _texts(data: Any, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text in a record as read, with the keys that lead to it."""
    if isinstance(data, str):
        yield keys, data
    elif isinstance(data, dict | list):
        for key, below in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(below, (*keys, key))


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


def _problem(text: str, path: str, offset: int, code: str, digits: str) -> Problem:
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return Problem(code, Place(path, line, column), {"shown": _shown(digits)})


def _shown(digits: str) -> str:
    """Return enough of a number to find it, never the number."""
    return f"{digits[:3]}…{digits[-2:]}"
