"""Numbers of identity cards, mobiles and bank cards, whatever stands between their digits.

In: a folded text. Out: every number once, what weighs most first: what is an identity card is no telephone.
Source: 个人信息保护法 28; GB 11643 (ISO 7064 MOD 11-2) for identity cards; ISO/IEC 7812 (Luhn) for bank cards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.gate.found import Found, Start

GAP = r"[ \t\r\n./()_*~-]{0,3}"
"""What may stand between two digits of one number."""
_D = "[0-9]"
_ALONE = f"(?<!{_D}.)"
"""Behind the first digit: none stands before it."""
_STRANGER = f"(?<!{_D}.)(?<!{_D}[ -].)(?<!{_D}[ -]{{2}}.)(?<!{_D}[ -]{{3}}.)"
"""Behind the first digit: no other number ends shortly before it."""

_ID_18 = re.compile(f"[1-9]{_ALONE}(?=(" + "".join(GAP + digit for digit in (
    *[_D] * 5, "[12]", "[09]", _D, _D, "[01]", _D, "[0-3]", *[_D] * 4, "[0-9Xx]")) + f"({_D}{_D})?)(?![0-9A-Za-z]))")
_ID_15 = re.compile(f"[1-8]{_ALONE}(?=([0-9]{{14}})(?![0-9A-Za-z]))")
_ID_15_CALLED = re.compile(f"(?:身份|证件|证号|户主)[^0-9\n]{{0,8}}(?P<number>[1-8](?:{GAP}{_D}){{14}})(?![0-9A-Za-z])")
_PHONE = re.compile(f"1(?:(?<!{_D}.)|(?<=(?<!{_D})0.)|(?<=(?<!{_D})86.)|(?<=(?<!{_D})0086.))"
                    f"(?=([3-9](?:{_D}(?:{GAP}{_D}){{8}}))(?!{_D}))")
_PHONE_IN_PIECES = re.compile(f"1{_STRANGER}(?=([ -]{{0,3}}[3-9](?:[ -]{{0,3}}{_D}){{9}})"
                              f"(?![ -]{{0,3}}{_D}))")
_CARD = re.compile(f"[3-6]{_ALONE}(?=((?<=6)2{_D}{_D}(?:{GAP}{_D}){{12,15}}"
                   f"|(?<=6)(?=[ -]+2)(?:[ -]{{1,3}}{_D}){{15,18}}"
                   f"|{_D}{{15,18}}"
                   f"|{_D}{{3}}(?:[ -]{_D}{{4}}){{3}}(?:[ -]{_D}{{1,3}})?)(?!{_D}))")
_MASKED_ID = re.compile(r"[1-8](?<![0-9].)[0-9]{2,13}[*×●•xX]{4,}[0-9]{0,4}[0-9Xx]?(?![0-9A-Za-z*])")
START = Start("*×●•xX", "(?<=[0-9].)[*×●•xX]{3}")
"""Where digits end and stars begin: the middle of an identity-card number of which digits are hidden."""
_PLAIN = re.compile(r"[0-9Xx*×●•]")
_NO_DIGITS = re.compile("[^0-9]+")
_SUM = re.compile(r"\.(?!0(?![0-9]))[0-9]{1,2}(?![0-9])|(?:\.[0-9]+)? ?(?:元(?![旦宵])|㎡|平方)")
"""What makes digits before it a sum or a size; `.0` is what a sheet adds to any number."""
_COUNTRY = ("86", "086", "0086")
_JOINED = re.compile("([0-9]+|[A-Za-z])([-./_])\\Z")
_ENDING = re.compile(r"(?s).*?([0-9A-Za-z]*?)(?:0|(?:00)?86)?\Z")
_BEGINNING = re.compile("([0-9A-Za-z]*)")
_OTHERWISE = re.compile("许可|单号|订单|流水|合同|受理|发票|项目|设备|档案|登记证|凭证|字第")
_SERIAL = re.compile(r"字 ?第 ?\Z")
_IDENTITY = re.compile(r"身份|证件|证号|户主|残疾|(?<![a-z])id", re.I)
_CARDS = re.compile(r"[卡账帐][号户]?|开户|存折|card|visa|bank", re.I)
_IN_FOURS = re.compile(r"[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?")
_SINGLY = re.compile(r"6(?<![0-9] .)([ -])2(?:\1[0-9]){14,17}(?![ -]?[0-9])")
"""All digits of a card one by one, none before or behind them."""
_ONCE = bytes.maketrans(b"0123456789", bytes(range(10)))
_TWICE = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_ORGANISATION = re.compile("对公|单位|基本户|专户|公户")
_PROVINCES = frozenset(map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
                                 *range(61, 66), 71, 81, 82, 83)))
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_YOUNGEST = 2015
"""A number without the right check character is told from serials that hold a region and a day by its year of birth."""


def find_numbers(text: str) -> list[Found]:
    """Return the numbers in a folded text, none of them within another."""
    taken: set[int] = set()
    kept = []
    for one in (*_ids(text), *_cards(text), *_phones(text)):
        if taken.isdisjoint(range(one.start, one.end)):
            taken.update(range(one.start, one.end))
            kept.append(one)
    return kept


def find_masked(text: str) -> Iterator[Found]:
    """Yield identity-card numbers some of whose digits are stars: what is left tells region and birthday."""
    for found in _MASKED_ID.finditer(text):
        whole = len(found[0]) == 18 and found[0][:2] in _PROVINCES
        if whole or _said(_IDENTITY, text, found.start()):
            yield Found("personal-id", found.start(), found.end(), found[0])


# ── identity cards ───────────────────────────────────────────────────────────────────────────────────────────


def _ids(text: str) -> Iterator[Found]:
    likely = []
    for found in _ID_18.finditer(text):
        number = _value(found)
        if len(number) == 20 and not _said(_IDENTITY, text, found.start()):
            continue
        if is_id_18(number[:18]):
            yield Found("personal-id", found.start(), found.end(1), number)
        elif len(number) == 18 and is_like_id(number, _said(_IDENTITY, text, found.start())) and not _said(
                _OTHERWISE, text, found.start()):
            likely.append(Found("personal-id-like", found.start(), found.end(1), number))
    for found in _ID_15.finditer(text):
        if is_id_15(found[0] + found[1]) and not _said(_SERIAL, text, found.start()):
            yield Found("personal-id", found.start(), found.end(1), found[0] + found[1])
    for found in _ID_15_CALLED.finditer(text):
        if is_id_15(number := "".join(filter(str.isdigit, found["number"]))):
            yield Found("personal-id", *found.span("number"), number)
    yield from likely


def is_id_18(digits: str) -> bool:
    """Whether 18 characters are an identity-card number: a real birth date and the right check character."""
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17] and _is_birth(digits[6:14])


def is_like_id(digits: str, is_said: bool) -> bool:
    """Whether 18 characters have region and birth date of an identity-card number, the check character being wrong.

    is_said: whether the text calls it one.
    """
    return digits[:2] in _PROVINCES and _is_birth(digits[6:14]) and (is_said or int(digits[6:10]) < _YOUNGEST)


def is_id_15(digits: str) -> bool:
    """Whether 15 digits have the form of the old identity-card number: a province, and a real birth date."""
    return digits[:2] in _PROVINCES and _is_birth("19" + digits[6:12])


def _is_birth(text: str) -> bool:
    try:
        return 1900 <= date(int(text[:4]), int(text[4:6]), int(text[6:])).year <= 2100
    except ValueError:
        return False


# ── bank cards ───────────────────────────────────────────────────────────────────────────────────────────────


def _cards(text: str) -> Iterator[Found]:
    for found in _CARD.finditer(text):
        digits = _NO_DIGITS.sub("", found[0] + found[1])
        called = digits.startswith("62") and _is_called_card(text, found.start())
        for count in range(len(digits), 15, -1):  # the longest first; what follows may be a number of its own
            is_right = is_luhn(digits[:count])
            if not (is_right or called):
                continue
            end = _end(text, found.start(), count)
            if not text[end:end + 1].isdigit() and (called or _is_card(text[found.start():end], text, found.start())):
                yield Found("personal-bank-card", found.start(), end, digits[:count])
                break


def _end(text: str, start: int, count: int) -> int:
    """Return where a number of so many digits ends, whatever stands between them."""
    while count:
        count -= "0" <= text[start] <= "9"
        start += 1
    return start


def _is_card(written: str, text: str, start: int) -> bool:
    """Whether digits with the right check digit are a bank card: a UnionPay one, in fours, or called so."""
    is_union = written.startswith("62") or bool(_SINGLY.match(text, start))
    return is_union or bool(_IN_FOURS.fullmatch(written)) or _is_called_card(text, start)


def _is_called_card(text: str, start: int) -> bool:
    return _said(_CARDS, text, start) and not _said(_ORGANISATION, text, start)


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others."""
    codes = digits.encode()
    return (sum(codes[-1::-2].translate(_ONCE)) + sum(codes[-2::-2].translate(_TWICE))) % 10 == 0


# ── mobiles ──────────────────────────────────────────────────────────────────────────────────────────────────


def _phones(text: str) -> Iterator[Found]:
    for pattern in (_PHONE, _PHONE_IN_PIECES):
        for found in pattern.finditer(text):
            start, end = found.start(), found.end(1)
            if _is_phone(text, start, end):
                yield Found("personal-phone", start, end, _value(found))


def _is_phone(text: str, start: int, end: int) -> bool:
    """Whether eleven digits are no sum, range, address of a machine, or piece of a longer number or digest."""
    groups, gaps = re.findall("[0-9]+", text[start:end]), re.findall("[^0-9]+", text[start:end])
    before, after = text[max(0, start - 12):start], text[end:end + 8]
    is_address = len(groups) == 4 and set(gaps) == {"."}
    is_list = any("\n" in gap and "-" in gap for gap in gaps)
    is_range = len(groups) == 2 and "-" in gaps[0] and abs(len(groups[0]) - len(groups[1])) == 1
    joined = _JOINED.search(before)
    is_piece = (gaps and joined and joined[2] in "".join(gaps) and joined[1] not in _COUNTRY
                and (joined[1].isdigit() or len(groups[0]) != 3))
    return not (is_address or is_list or is_range or is_piece or _SUM.match(after) or _is_digest(before, after))


def _is_digest(before: str, after: str) -> bool:
    """Whether letters and digits beside a number make it a piece of something longer; `tel` before it doesn't."""
    ending, beginning = _ENDING.match(before), _BEGINNING.match(after)
    assert ending and beginning
    beside = ending[1] + beginning[1]
    return bool(ending[1] and beginning[1]) or (bool(beside) and any(char.isdigit() for char in beside))


# ── all ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _value(found: re.Match[str]) -> str:
    return "".join(_PLAIN.findall(found[0] + found[1])).upper()


def _said(words: re.Pattern[str], text: str, start: int) -> bool:
    """Whether such words stand shortly before a number, on the same line."""
    return bool(words.search(text[max(0, start - 16):start].rpartition("\n")[2]))
