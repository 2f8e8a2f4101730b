"""Codes: every short code ever issued for a wall, a board or a certificate, and where it leads.

A code is four characters and one check character out of `ALPHABET`, which has 31: any one wrong character and any two
that changed places are noticed, so that two codes differ in two places at least.
"""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from generator.digest import sha256
from generator.records.base import Record
from generator.records.forms import Line, Part, RefTo, When, fault, field, has_come

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Digits and letters without 0, 1, i, l and o, which look like others."""
LENGTH = 5
_ADDRESS = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*(?:\.[a-z0-9-]+)*\.html\Z")


def check_character(payload: str) -> str:
    """Return the character that stands last in the code that begins with `payload`."""
    return ALPHABET[sum(n * ALPHABET.index(c) for n, c in enumerate(payload, 1)) % len(ALPHABET)]


def is_code(text: str) -> bool:
    """Whether a text has the form of a code, its check character included."""
    return len(text) == LENGTH and not set(text) - set(ALPHABET) and check_character(text[:-1]) == text[-1]


def new_code(target: str, taken: Set[str]) -> str:
    """Return a code for what it leads to that is not taken: the same one for the same codes taken."""
    attempt = 0
    while True:
        code = _drawn(f"{target} {attempt}")
        if code not in taken:
            return code
        attempt += 1


def _drawn(seed: str) -> str:
    number, payload = int(sha256(seed.encode()), 16), ""
    for _ in range(LENGTH - 1):
        number, digit = divmod(number, len(ALPHABET))
        payload += ALPHABET[digit]
    return payload + check_character(payload)


class AnyRecord(RefTo):
    """Makes a text a reference to a record of any kind but another code, written as `kind/id`."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds there are; asked for only once all are there."""
        from generator.records import kinds

        return tuple(kind for kind in kinds() if kind != "code")


class Retired(Part):
    """Since when and why nothing new is printed with a code; it goes on leading where it led."""

    date: When = field("停用日期", ...)
    reason: Line = field("停用原因", ...)


class Code(Record):
    """A short code that was printed and hangs somewhere: it leads on for ever, and is never deleted.

    Its id is the code itself. It leads to a record, or to another page of the site by its address.
    """

    folder: ClassVar[str] = "codes"
    label: ClassVar[str] = "短码"
    intro: ClassVar[str] = "印在门牌、告示栏、证书上的短码，通向一条记录或一个页面，永不失效。用 gongshi code 来发。"
    date_field: ClassVar[str] = "issued"
    columns: ClassVar[tuple[str, ...]] = ("to", "page", "purpose", "hangs", "printed", "ended")
    derived: ClassVar[dict[str, str]] = {"ended": "停用"}
    example: ClassVar[str] = """\
title: 示例短码
source: {text: 本站短码登记}
to: area/demo-estate-b3
purpose: 门牌
issued: 2026-11-22
hangs: 1单元入口右侧
illustrative: true
"""

    to: Annotated[str, AnyRecord()] | None = field("通向")
    page: Line | None = field("通向的页面")
    purpose: Literal["门牌", "告示栏", "证书", "其他"] = field("用途", ...)
    issued: When = field("发码日期", ...)
    hangs: Line | None = field("张贴处")
    printed: Line | None = field("印出的版本")
    retired: Retired | None = field("停用")

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Code:
        if (self.to is None) == (self.page is None):
            raise fault("just-one", names="to、page")
        if self.page is not None and not _ADDRESS.match(self.page):
            raise fault("bad-page", ("page",), value=self.page[:80])
        if self.issued.exact is None:
            raise fault("day-needed", ("issued",), key="issued")
        if self.withdrawn:
            raise fault("code-withdrawn", ("withdrawn",))
        return self

    def updated(self, as_of: date) -> str:
        """Return nothing: that a code was issued tells residents nothing new, and must not make a site look fresh."""
        return ""

    def ended(self, as_of: date) -> str | None:
        """Return since when and why it is out of use on `as_of`, None for one in use."""
        if self.retired is None or not has_come(self.retired.date, as_of):
            return None
        return f"{self.retired.date} 起：{self.retired.reason}"
