"""Personal numbers are found however they are written, and what only looks like one is left alone.

Every number here is invented; the check characters are computed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import gate, load
from tests.sites import places, problems

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_18(region: str, birth: str, order: str) -> str:
    """Return an identity-card number with its check character (ISO 7064 MOD 11-2)."""
    body = region + birth + order
    return body + next(c for c in "0123456789X" if (sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True))
                                                    + (10 if c == "X" else int(c))) % 11 == 1)


def card(body: str) -> str:
    """Return a bank-card number with its Luhn check digit."""
    def luhn(digits: str) -> int:
        return sum(n - 9 if n > 9 else n for n in (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))))

    return next(body + c for c in "0123456789" if luhn(body + c) % 10 == 0)


def wide(text: str) -> str:
    """Return the digits in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)


def codes(text: str) -> list[str]:
    """Return the codes of what is found in a text."""
    return [p.code.removeprefix("personal-") for p in gate.judge(text, "cases/a.yml").problems]


ID = id_18("430204", "19870315", "412")
ID_X = next(n for n in (id_18("430211", "19620930", f"{i:03d}") for i in range(100)) if n.endswith("X"))
CARD_19, CARD_16 = card("622848120990123456"), card("621700123456789")
PHONE = "13907330000"

FOUND: list[tuple[str, str]] = [
    (f"身份证 {ID}", "id"), (f"身份证号：{ID}。", "id"), (ID_X, "id"), (ID_X.lower(), "id"), (f"编号{ID}号", "id"),
    (f"{ID[:6]} {ID[6:14]} {ID[14:]}", "id"), (f"{ID[:6]}-{ID[6:14]}-{ID[14:]}", "id"), (wide(ID), "id"),
    (f"{ID[:3]}　{ID[3:10]}　{ID[10:]}", "id"), (f'"{ID}"', "id"), (f"2026-05-06 {ID}", "id"), (f"（{ID}）", "id"),
    (wide(ID_X[:-1]) + "Ｘ", "id"), ("430204870315412", "id"), (f"王某{ID}李某", "id"),
    (f"2026-05-06 {ID[:6]} {ID[6:14]} {ID[14:]}", "id"),
    (PHONE, "phone"), (f"电话{PHONE}联系", "phone"), ("139 0733 0000", "phone"), ("139-0733-0000", "phone"),
    ("139.0733.0000", "phone"), (wide(PHONE), "phone"), (f"+86{PHONE}", "phone"), (f"+86 {PHONE}", "phone"),
    (f"86-{PHONE}", "phone"), ("1 3 9 0 7 3 3 0 0 0 0", "phone"), ("139——0733——0000", "phone"),
    (f"2026-05-06 {PHONE}", "phone"), (f"{PHONE} 2026-05-06", "phone"), (f"3栋{PHONE}", "phone"),
    (f"tel:{PHONE}", "phone"), (f"[{PHONE}]", "phone"), (f"张某/{PHONE}", "phone"), ("19907330000", "phone"),
    ("2026-05-06 139 0733 0000", "phone"), ("139 0733 0000 转 2", "phone"), ("2栋 139-0733-0000", "phone"),
    ("139 0733 0000 2026-05-06", "phone"), ("5 139-0733-0000", "phone"),
    (CARD_19, "bank-card"), (CARD_16, "bank-card"), (f"卡号{CARD_16}", "bank-card"), (wide(CARD_19), "bank-card"),
    (" ".join(CARD_16[i:i + 4] for i in range(0, 16, 4)), "bank-card"),
    ("-".join(CARD_16[i:i + 4] for i in range(0, 16, 4)), "bank-card"),
    ("2026-05-06 " + " ".join(CARD_16[i:i + 4] for i in range(0, 16, 4)), "bank-card"),
]

LEFT_ALONE = [
    "2026-05-06", "2026-05-06 10:36", "2026-05-06 2026-06-01", "2026-05-06—2026-06-01", "20260506 20260601",
    "2026.5.6-2026.6.1", "2025-12-31 23:59 2026-01-01", "1990-2026",
    "12345", "12345-6", "110", "0731-85551234", "0731-28681234", "0733-12345", "400-138-0000", "(0731)85551234",
    "010-12345678901", "95588", "12315、12345", "电话：0733—2868 1234",
    "360000.00", "1380000.00", "13800000000.00", "138000000元", "1,380,000,000.00", "62000000.00",
    id_18("430204", "19870230", "412"), id_18("430204", "30870315", "412"),
    "91430200MA4L1C8Q2T", "914302007121234567", "12430200446523456X", "430204871315412",
    CARD_16[:-1] + str((int(CARD_16[-1]) + 1) % 10), card("42288481209901234"), card("6217"), CARD_16 + CARD_16,
    "1" + PHONE, PHONE + "1", "12907330000", "1390733000", "10086", "号码 139****0000",
    "SN20260506000123456",
    "27.827, 113.151", "GB/T 2260-2007", "第3栋2单元", "330千伏", "1、3、9、0、7、3、3、0、0、0、0",
    "2026年5月6日第139次、0733、0000",
]


@pytest.mark.parametrize(("text", "code"), FOUND, ids=lambda value: None)
def test_personal_number_is_found(text: str, code: str) -> None:
    """An identity-card, mobile or bank-card number is found once, whatever separates its digits or stands around."""
    assert codes(text) == [code]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    """Dates, hotlines, landlines, money, codes of units, and numbers with a wrong check digit are no personal data."""
    assert codes(text) == []


@given(st.dates(date(1900, 1, 1), date(2025, 12, 31)), st.integers(110000, 659999), st.integers(0, 999))
def test_every_valid_identity_card_is_found(birth: date, region: int, order: int) -> None:
    """Any region, any real birthday, any order: the number is found; with another check character none is told."""
    number = id_18(str(region), birth.strftime("%Y%m%d"), f"{order:03d}")
    assert "id" in codes(f"证件 {number}")
    wrong = number[:-1] + ("0123456789X"[("0123456789X".index(number[-1]) + 5) % 11])
    assert "id" not in codes(f"证件 {wrong}")


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.lists(st.sampled_from(["", " ", "-", "　", "–"]),
                                                                 min_size=10, max_size=10))
def test_every_mobile_number_is_found(number: str, gaps: list[str]) -> None:
    """Any mobile number is found, with any mixture of separators between its digits."""
    text = "".join(a + b for a, b in zip(number, [*gaps, ""], strict=True))
    assert "phone" in codes(f"联系{text}。")


@given(st.text(max_size=60))
def test_no_text_crashes_the_gate(text: str) -> None:
    """Whatever the text, the gate gives an answer."""
    assert all(isinstance(codes(one), list) for one in (text, unicodedata.normalize("NFKC", text)))


def test_place_is_where_the_number_begins() -> None:
    """Line and column lead to the first digit."""
    [problem] = gate.judge(f"title: x\nnote: |\n  第一行\n  电话 {PHONE}\n", "cases/a.yml").problems
    assert (problem.place.line, problem.place.column) == (4, 6)


def test_message_does_not_repeat_the_number() -> None:
    """The Problem shows enough to find the number and too little to publish it in a build log."""
    for number in (ID, CARD_19, PHONE):
        [problem] = gate.judge(number, "a").problems
        assert number not in problem.line() and number[3:-2] not in problem.line()


def test_text_that_looks_like_a_contact_field_is_text() -> None:
    """A line of a description that begins with `contact:` is no field."""
    text = f"title: x\ndescription: |\n  contact: {PHONE}\n  - channel: 我的号码{PHONE}\n"
    assert {p.code for p in gate.judge(text, "people/a.yml", load.parse(text)).problems} == {"personal-phone"}


@pytest.mark.parametrize("mark", ["_", "/", " (", "**", "（"])
def test_marks_between_digits_do_not_hide_a_phone(mark: str) -> None:
    """Whatever commonly stands between groups of digits, the number is found."""
    assert codes(f"note: {PHONE[:3]}{mark}{PHONE[3:7]}{mark}{PHONE[7:]}\n") == ["phone"]


@pytest.mark.parametrize("number", [ID, CARD_19])
def test_no_field_allows_more_than_a_phone(number: str) -> None:
    """An identity-card or bank-card number is refused in a contact field too."""
    assert len(codes(f"contact: {number}\n")) == 1


def test_records_and_prose_pass_the_gate(make_site: Callable[..., Path]) -> None:
    """The gate stands before every record and every prose page, and names the line."""
    case = "title: 漏水\nsource: press\ncategory: 漏水\n"
    config = make_site({"cases/a.yml": f"{case}note: 找{PHONE}\n", "cases/b.yml": f"{case}contact: {PHONE}\n",
                        "people/p.yml": "title: 某楼栋长\nsource: press\nrole: 楼栋长\nground: office\n"
                                        f"contact: {PHONE}\n", "pages/about.md": f"# 关于\n\n电话 {PHONE}\n"})
    assert places(problems(config)) == [
        ("personal-phone", "cases/a.yml", 4, 8), ("unknown-key", "cases/b.yml", 4, 1),
        ("personal-phone", "cases/b.yml", 4, 10), ("personal-phone", "pages/about.md", 3, 4)]


def test_number_written_with_escapes_is_found(make_site: Callable[..., Path]) -> None:
    """Digits written as escapes, or folded over two lines, are personal data like any others."""
    escaped = "".join(f"\\u{ord(c):04x}" if i % 2 else c for i, c in enumerate(PHONE))
    head = "title: 漏水\nsource: press\ncategory: 漏水\n"
    config = make_site({"cases/a.yml": f'{head}note: "{escaped}"\n',
                        "cases/b.yml": f"{head}note: >\n  电话 139 0733\n  0000\n"})
    assert [p.code for p in problems(config)] == ["personal-phone", "personal-phone"]
