"""What is personal in a text, however it is written: see `numbers`, `places` and `accounts` for what each family is.

Nearly every text is clean: what each family can't do without is looked for first, in the text's ASCII shadow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.gate.accounts import find_documents, find_emails, find_masked_names, find_qq, find_wechat
from generator.gate.addresses import find_addresses, find_dashed, find_english
from generator.gate.folding import fold
from generator.gate.found import Found
from generator.gate.numbers import find_masked, find_numbers
from generator.gate.places import find_coordinates, find_plates

_CLASSES = bytes.maketrans(b"123456789" + bytes(range(65, 91)) + bytes(range(97, 123)), b"0" * 9 + b"A" * 52)
_BETWEEN = b" \t\r\n./()_*~-"
_DASHED_AFTER = re.compile("[住主期]|房号|门牌|address")
_ENGLISH = re.compile(rb"(?i)\b(?:room|rm|apt|flat|apartment)\b")
_ACCOUNT = re.compile(
    "[@艾】)）\\]%微薇威徽扣球企护证vVqQwWpPE](?:(?<=[@微薇护])|(?<=[aA][tT].)|(?<=艾)特|(?<=】)[A-Za-z0-9]|(?<=%)40"
    "|(?<=[威徽])信|(?<=扣)扣|(?<=球)球|(?<=企)鹅|(?<=[行乡胞留]证)|(?<=[vV])[:：信xX]|(?<=[加+][vVqQ])"
    "|(?<=[qQ])(?:[:：号]| ?[qQ])|(?<=[wW])(?:[xX]|[eE] ?(?:[cC]hat|CHAT|ixin))"
    "|(?<=[pP])(?:assport|ASSPORT)|(?<=E)[A-Z]?[0-9]{7})")
"""What every account, e-mail and number of a document needs before it or inside."""


def find(text: str) -> list[Found]:
    """Return what is personal in a text, in order."""
    plain, cuts = folded = fold(text)
    found = list(_found(plain))
    if cuts:
        found = [one._replace(start=folded.origin(one.start), end=folded.origin(one.end - 1) + 1) for one in found]
    return sorted(found, key=lambda one: (one.start, one.code, one.end)) if len(found) > 1 else found


def _found(text: str) -> Iterator[Found]:
    letters = text.encode("ascii", "replace")
    shadow = letters.translate(_CLASSES)
    dense = shadow.translate(None, _BETWEEN)
    if b"00000000000" in dense:
        yield from find_numbers(text)
    if b"*" in letters or "×" in text or "●" in text or "＊" in text or "○" in text:
        yield from find_masked(text)
        yield from find_masked_names(text)
    yield from find_addresses(text)
    if b"-000" in shadow and (b"0-0-000" in shadow or b"0-00-000" in shadow or _DASHED_AFTER.search(text)):
        yield from find_dashed(text)
    if b"A000" in dense and _ENGLISH.search(letters):
        yield from find_english(text)
    yield from find_plates(text)
    if b".0000" in shadow or "°" in text or "秒" in text:
        yield from find_coordinates(text)
    if _ACCOUNT.search(text):
        for family in (find_emails, find_wechat, find_qq, find_documents):
            yield from family(text)
