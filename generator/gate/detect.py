"""What is personal in a text, however it is written: see `numbers`, `places` and `accounts` for what each family is.

Nearly every text is clean: what each family can't do without is looked for first, in the text's ASCII shadow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.gate import accounts, addresses, folding, numbers, places
from generator.gate.accounts import find_documents, find_emails, find_masked_names, find_qq, find_wechat
from generator.gate.folding import fold, is_beyond
from generator.gate.found import Found, Start, any_of
from generator.gate.numbers import find_masked, find_numbers

_CLASSES = bytes.maketrans(b"123456789" + bytes(range(65, 91)) + bytes(range(97, 123)), b"0" * 9 + b"A" * 52)
_BETWEEN = b" \t\r\n./()_*~-"
_DASHED_AFTER = re.compile("[住主期]|房号|门牌|address")
_ENGLISH = re.compile(rb"(?i)\b(?:room|rm|apt|flat|apartment)\b")
_ENDINGS = bytes.maketrans(b"123456789MT", b"000000000mt")
_ACCOUNT = Start(
    "@艾】)）\\]%微薇威徽扣球企护证vVqQwWE",
    "(?<=[@微薇护])|(?<=[aA][tT].)|(?<=艾)特|(?<=】)[A-Za-z0-9]|(?<=%)40"
    "|(?<=[威徽])信|(?<=扣)扣|(?<=球)球|(?<=企)鹅|(?<=[行乡胞留]证)|(?<=[vV])[:：信xX]|(?<=[加+][vVqQ])"
    "|(?<=[qQ])(?:[:：号]| ?[qQ])|(?<=[wW])(?:[xX]|[eE] ?(?:[cC]hat|CHAT|ixin))|(?<=E)[A-Z]?[0-9]{7}")
"""What every account, e-mail and number of a document needs before it or inside, but `passport`."""
_IS_ACCOUNT = re.compile(_ACCOUNT.source)
_BEGINS = re.compile(any_of((addresses.START, places.START, folding.START, accounts.START, numbers.START, _ACCOUNT,
                             Start("车", "牌"), Start("°秒", ""))).source)
"""How nearly every family begins: one pass over a text instead of six."""


def find(text: str) -> list[Found]:
    """Return what is personal in a text, in order."""
    if not _may_hold(text):
        return []
    plain, cuts = folded = fold(text)
    found = list(_found(plain))
    if cuts:
        found = [one._replace(start=folded.origin(one.start), end=folded.origin(one.end - 1) + 1) for one in found]
    return sorted(found, key=lambda one: (one.start, one.code, one.end)) if len(found) > 1 else found


def _may_hold(text: str) -> bool:
    """Whether a text holds anything that some family can't do without: nearly every text ends here.

    What folding would change in it begins something, too: no other text has to be folded first.
    """
    letters = text.encode("ascii", "replace")
    shadow = letters.translate(_CLASSES)
    return (_is_long(shadow) or b".0000" in shadow or _is_dashed(text, shadow) or _is_english(letters)
            or _is_passport(letters) or _BEGINS.search(text) is not None or is_beyond(text))


def _found(text: str) -> Iterator[Found]:
    letters = text.encode("ascii", "replace")
    shadow = letters.translate(_CLASSES)
    if _is_long(shadow):
        yield from find_numbers(text)
    if _is_starred(text, letters):
        yield from find_masked(text)
        yield from find_masked_names(text)
    yield from addresses.find_addresses(text)
    if _is_dashed(text, shadow):
        yield from addresses.find_dashed(text)
    if _is_english(letters):
        yield from addresses.find_english(text)
    yield from places.find_plates(text)
    if b".0000" in shadow:
        yield from places.find_coordinates(text)
    if "°" in text or "秒" in text:
        yield from places.find_seconds(text)
    if _is_passport(letters) or _IS_ACCOUNT.search(text):
        for family in (find_emails, find_wechat, find_qq, find_documents):
            yield from family(text)


def _is_long(shadow: bytes) -> bool:
    """Whether eleven digits follow each other, whatever may stand between them."""
    return b"00000000000" in shadow.translate(None, _BETWEEN)


def _is_starred(text: str, letters: bytes) -> bool:
    return b"*" in letters or "×" in text or "●" in text or "＊" in text or "○" in text


def _is_dashed(text: str, shadow: bytes) -> bool:
    return b"-000" in shadow and (b"0-0-000" in shadow or b"0-00-000" in shadow
                                  or _DASHED_AFTER.search(text) is not None)


def _is_english(letters: bytes) -> bool:
    endings = letters.translate(_ENDINGS, b" .:#\"'")
    return (b"m000" in endings or b"t000" in endings) and _ENGLISH.search(letters) is not None


def _is_passport(letters: bytes) -> bool:
    return b"assport" in letters or b"ASSPORT" in letters
