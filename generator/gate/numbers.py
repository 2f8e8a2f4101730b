"""Numbers of identity cards, mobiles and bank cards, whatever stands between their digits.

In: a folded text. Out: every number once, what weighs most first: what is an identity card is no telephone.
Source: 个人信息保护法 28; GB 11643 (ISO 7064 MOD 11-2) for identity cards; ISO/IEC 7812 (Luhn) for bank cards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.gate.found import Found

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
_PLAIN = re.compile(r"[0-9Xx*×●•]")
_SUM = re.compile(r"\.(?!0(?![0-9]))[0-9]{1,2}(?![0-9])|(?:\.[0-9]+)? ?(?:元(?![旦宵])|㎡|平方)")
"""What makes digits before it a sum or a size; `.0` is what a sheet adds to any number."""
_COUNTRY = ("86", "086", "0086")
_JOINED = re.compile("([0-9]+|[A-Za-z])([-./_])\\Z")
_ENDING = re.compile(r"(?s).*?([0-9A-Za-z]*?)(?:0|(?:00)?86)?\Z")
_BEGINNING = re.compile("(?s)([0-9A-Za-z]*).*")
_OTHERWISE = re.compile("许可|单号|订单|流水|合同|受理|发票|项目|设备|档案|登记证|凭证|字第")
_SERIAL = re.compile(r"字 ?第 ?\Z")
_IDENTITY = re.compile(r"身份|证件|证号|户主|残疾|(?<![a-z])id", re.I)
_CARDS = re.compile(r"[卡账帐][号户]?|开户|存折|card|visa|bank", re.I)
_IN_FOURS = re.compile(r"[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?")
_SINGLY = re.compile(r"6(?<![0-9] .)([ -])2(?:\1[0-9]){14,17}(?![ -]?[0-9])")
"""All digits of a card one by one, none before or behind them."""
_DOUBLED = str.maketrans("0123456789", "0246813579")
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
        places = [found.start(), *(found.start(1) + at for at, char in enumerate(found[1]) if char.isdigit())]
        for count in range(len(places), 15, -1):  # the longest first; what follows may be a number of its own
            end = places[count - 1] + 1
            if not text[end:end + 1].isdigit() and _is_card(text[places[0]:end], text, places[0]):
                yield Found("personal-bank-card", places[0], end, "".join(text[at] for at in places[:count]))
                break


def _is_card(written: str, text: str, start: int) -> bool:
    """Whether digits are a bank card: a UnionPay one, or one that the text calls so or that is written in fours."""
    digits = "".join(filter(str.isdigit, written))
    is_union = written.startswith("62") or (digits.startswith("62") and bool(_SINGLY.match(text, start)))
    if not is_luhn(digits):
        return is_union and _is_called_card(text, start)
    return is_union or bool(_IN_FOURS.fullmatch(written)) or _is_called_card(text, start)


def _is_called_card(text: str, start: int) -> bool:
    return _said(_CARDS, text, start) and not _said(_ORGANISATION, text, start)


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others."""
    return (sum(map(int, digits[-1::-2])) + sum(map(int, digits[-2::-2].translate(_DOUBLED)))) % 10 == 0


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
    prefix, suffix = _ENDING.sub(r"\1", before), _BEGINNING.sub(r"\1", after)
    return bool(prefix and suffix) or any(char.isdigit() for char in prefix + suffix)


# ── all ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _value(found: re.Match[str]) -> str:
    return "".join(_PLAIN.findall(found[0] + found[1])).upper()


def _said(words: re.Pattern[str], text: str, start: int) -> bool:
    """Whether such words stand shortly before a number, on the same line."""
    return bool(words.search(text[max(0, start - 16):start].rpartition("\n")[2]))
