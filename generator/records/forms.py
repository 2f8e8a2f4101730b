"""Level 1. The written forms that all kinds of record share: text, numbers, money, dates, periods, references.

Everything here is a plain value: no disk, no clock (`as_of` is an argument), no other record.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    Strict,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from generator.records.masks import ground_of, is_masked, masked, whole_names

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def field(text: str, default: Any = None, **extra: Any) -> Any:
    """Return a model field whose label is `text`; `default=...` makes it required, `[]` and `{}` are made anew."""
    if isinstance(default, list | dict) and not default:  # others are copied by copy.deepcopy: 1 µs
        return Field(default_factory=_no_items if isinstance(default, list) else dict, title=text, **extra)
    return Field(default, title=text, **extra)


def _no_items() -> list[Any]:
    """Return a new list; pydantic asks each factory for its signature, and takes 0.2 ms to find that of `list`."""
    return []


def fault(code: str, at: tuple[str | int, ...] = (), **values: Any) -> PydanticCustomError:
    """Return an error that validation turns into the Problem `code`.

    at: the keys below the value being checked that lead to the fault, where it is not the value as a whole.
    """
    return PydanticCustomError(code, "{code}", {"code": code, "at": at, **values})


class Part(BaseModel):
    """A mapping inside a record; like the record itself it is frozen and refuses unknown keys.

    bare: the field that a text alone stands for, empty where only a mapping will do.
    """

    bare: ClassVar[str] = ""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the values alone: half the time and size of pydantic's own way, which keeps what was set as well."""
        return _restored, (type(self), self.__dict__)


class Ending(Part):
    """A part of a record that ends on its own last day, while the record stands; its `label` says what it is."""

    label: ClassVar[str] = ""

    def last_day(self) -> date | None:
        """Return the last day on which it holds, None where it never ends."""
        raise NotImplementedError


def _restored(model: type[Part], values: dict[str, Any]) -> Part:
    """Return a part as it was, by the descriptors of its slots: half the time of a dict made of values alone."""
    part = model.__new__(model)
    _VALUES(part, values)
    _SET(part, _NOTHING_SET)
    _EXTRA(part, None)
    _PRIVATE(part, None)
    return part


_VALUES, _SET, _EXTRA, _PRIVATE = (BaseModel.__dict__[slot].__set__ for slot in (
    "__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__"))
_NOTHING_SET: set[str] = set()


# ── text and numbers ─────────────────────────────────────────────────────────────────────────────────────────


def _normal(value: Any) -> Any:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) and not value.isascii() else value


_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?\Z", re.ASCII)
_YUAN = re.compile(r"-?\d{1,12}(\.\d{1,2})?\Z", re.ASCII)


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        raise fault("not-a-number", value=str(value).lower())
    if isinstance(value, str) and not _NUMBER.match(value):
        raise fault("not-a-number", value=value[:40])
    return value


def _fen(value: Any) -> Any:
    if isinstance(value, Money):
        return value
    if not isinstance(value, str) or not _YUAN.match(value):
        raise fault("bad-money", value=str(value)[:40])
    return Money(int(Decimal(value) * 100))


@lru_cache(maxsize=8192)
def _line(value: str) -> str:
    """Return one object for equal lines: what a batch repeats is checked once, and pickled once."""
    if "\n" in value or "\r" in value or not value.strip():
        raise fault("blank-text") if not value.strip() else fault("one-line")
    return unicodedata.normalize("NFC", value)


class _OneLine:
    """Has a text checked by `_line`, whose cache answers without a call into Python: 5 µs a record less."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.chain_schema([
            core_schema.str_schema(), core_schema.no_info_plain_validator_function(_line), handler(source)])


Line = Annotated[str, Field(max_length=200), _OneLine()]
"""One line of plain text, at most 200 characters."""

Text = Annotated[str, Field(max_length=20_000), BeforeValidator(_normal), "text"]
"""Text of several paragraphs; light Markdown (bold, lists, links) is rendered and cleaned."""


def _named(value: str) -> str:
    whole = whole_names(value)
    if whole and not ground_of(value):
        raise fault("name-without-ground", value=masked(whole[0]))
    return value


def _unnamed(value: str) -> str:
    if not is_masked(value):
        raise fault("resident-named", value=masked(value))
    return value


def _reached(value: str) -> str:
    _named(_NUMBERS.sub(" ", value) if not ground_of(value) else value)
    return value


_NUMBERS = re.compile(r"[\d０-９+\-—–:：]+")

Contact = Annotated[Line, AfterValidator(_reached), "contact"]
"""How an office, a hotline or somebody in their office is reached: what else would be personal may stand here.

Whose whole name stands beside the number needs a ground as anywhere.
"""

Name = Annotated[Line, AfterValidator(_named), "name"]
"""Who it is: an office, an organisation, a masked name (李某); a whole one with its ground behind it, 李四海（公职）.

What is written is what is shown, since the repository is public as well. Whoever is named by consent has a record.
"""

Resident = Annotated[Line, AfterValidator(_unnamed), "resident"]
"""A resident, never by name: 李某, 陈奶奶, 3栋住户."""


def check_id(value: Any) -> Any:
    """Return `value` if it can be an id, and so a page's address: a-z, 0-9 and single hyphens, not `index`."""
    if isinstance(value, str) and (not ID.match(value) or len(value) > 80 or value == "index"):
        raise fault("bad-id", name=value[:80])
    return value


Id = Annotated[str, BeforeValidator(check_id), "id"]
"""The id of a record."""

Flag = Annotated[bool, Strict()]
"""true or false, and nothing that looks like it."""

Whole = Annotated[int, BeforeValidator(_number), Field(ge=0, le=10**12)]
"""A whole number, never negative."""

Number = Annotated[Decimal, BeforeValidator(_number)]
"""A decimal number, kept exactly as written."""

Hours = Annotated[Decimal, BeforeValidator(_number), Field(gt=0, le=24 * 31)]
"""Hours of service: more than none."""


class Money(int):
    """An amount in fen; written and shown in yuan, as `"240.00"`."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _fen, serialization=core_schema.plain_serializer_function_ser_schema(lambda m: m.yuan))

    @property
    def yuan(self) -> str:
        """Return yuan with two decimals, as written in content and data."""
        sign, fen = ("-" if self < 0 else ""), abs(int(self))
        return f"{sign}{fen // 100}.{fen % 100:02d}"

    def __str__(self) -> str:
        yuan, dot, rest = self.yuan.partition(".")
        return f"{int(yuan):,}{dot}{rest} 元" if yuan != "-0" else f"{self.yuan} 元"


def _above_zero(value: Money) -> Money:
    if value <= 0:
        raise fault("out-of-range", value=value.yuan, bound="> 0")
    return value


def _not_below_zero(value: Money) -> Money:
    if value < 0:
        raise fault("out-of-range", value=value.yuan, bound="≥ 0")
    return value


Amount = Annotated[Money, AfterValidator(_above_zero)]
"""Money that went in or out: more than none; the direction is said apart."""

Sum = Annotated[Money, AfterValidator(_not_below_zero)]
"""Money that is planned or asked for: perhaps none, never less."""


# ── dates ────────────────────────────────────────────────────────────────────────────────────────────────────

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?: ([01]\d|2[0-3]):([0-5]\d))?)?)?\Z", re.ASCII)
_ALMOST = re.compile(r"\s*(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*日?|月)?\s*\Z")


def check_date(text: str) -> str:
    """Return `text` if it is a date as far as known: `2021`, `2021-07`, `2021-07-25` or `2021-07-25 10:36`."""
    found = _DATE.match(text)
    if not found:
        near = _ALMOST.match(text)
        parts = [f"{int(p):02d}" for p in near.groups() if p] if near else ["2025", "03", "05"]
        raise fault("bad-date", value=text[:40], example="-".join(parts))
    year, month, day = (int(p or 1) for p in found.groups()[:3])
    if not 1900 <= year <= 2100:
        raise fault("date-range", value=text)
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise fault("no-such-day", value=text)
    return text


@lru_cache(maxsize=8192)
def _plain_when(value: str) -> When:
    return When.model_construct(value=check_date(value), words=None, inferred=None, ground=None)


class When(Part):
    """A date as far as it is known, with the source's own words where it gives no full date.

    Written as `2021-07-25`, `2021-07`, `2021`, or as a mapping:
    `{value: 2024-07-25, words: 7月25日, inferred: year, ground: 报纸刊于 2024 年}`.
    A mapping with `words` alone says that something happened and that its date is not known.
    """

    bare: ClassVar[str] = "value"

    value: Annotated[str, BeforeValidator(lambda v: check_date(v) if isinstance(v, str) else v)] | None = (
        field("日期"))
    words: Line | None = field("原文")
    inferred: Literal["year", "month", "day"] | None = field("推断的部分")
    ground: Line | None = field("推断依据")

    @model_validator(mode="wrap")
    @classmethod
    def _from_scalar(cls, value: Any, handler: Any) -> When:
        if isinstance(value, str):
            return _plain_when(value)
        if value is None:
            raise fault("empty-value")
        when = handler(value)
        if when.value is None and when.words is None:
            raise fault("empty-value")
        if (when.inferred is None) != (when.ground is None):
            raise fault("inferred-without-ground")
        return when

    @property
    def day(self) -> str:
        """The date without its time: sorts as text; empty when unknown."""
        return (self.value or "")[:10]

    @property
    def first(self) -> date | None:
        """The earliest day it can mean, None when unknown."""
        return _span(self.value)[0]

    @property
    def last(self) -> date | None:
        """The latest day it can mean, None when unknown."""
        return _span(self.value)[1]

    @property
    def exact(self) -> date | None:
        """The day itself where it is known to the day, else None."""
        first, last = _span(self.value)
        return first if first == last else None

    def __str__(self) -> str:
        return self.words or self.value or ""


Planned = Annotated[When, "planned"]
"""A date that lies ahead or is only intended: never counts as 更新于."""

@lru_cache(maxsize=8192)
def _span(value: str | None) -> tuple[date, date] | tuple[None, None]:
    """Return the first and the last day that a date, known in part, whole or with its time, can mean."""
    if not value:
        return None, None
    year, month, day_of_month = (*map(int, value[:10].split("-")), 0, 0)[:3]
    end = month or 12
    return (date(year, month or 1, day_of_month or 1),
            date(year, end, day_of_month or calendar.monthrange(year, end)[1]))


def add_months(day: date, months: int) -> date:
    """Return the day so many months later; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def check_order(earlier: tuple[str, When | None], later: tuple[str, When | None], at: tuple[str | int, ...] = ()
                ) -> None:
    """Refuse a later date that surely lies before the earlier one, at its place `at`; each with the name of its key."""
    first, last = earlier[1].first if earlier[1] else None, later[1].last if later[1] else None
    if first and last and last < first:
        raise fault("dates-reversed", at or (later[0],), earlier=later[0], later=earlier[0])


def same_party(one: str, other: str) -> bool:
    """Whether two names mean the same party: what stands in brackets, spaces and punctuation make no difference."""
    first, second = (re.sub(r"[（(][^（()）\n]*[）)]|\W", "", name) for name in (one, other))
    return first == second


def has_come(when: When | None, as_of: date) -> bool:
    """Whether something has happened by `as_of`; what happened on a day that nobody knows has."""
    return when is not None and when.day <= _text_of(as_of)


_text_of = lru_cache(maxsize=64)(date.isoformat)
"""Gives a day as text: that of the site is asked for a dozen times a record."""


_PERIOD = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|W(\d{2})|(\d{2})(?:-([ab]))?))?\Z", re.ASCII)


def check_period(text: Any) -> str:
    """Return `text` if it is a period: `2026`, `2026-H1`, `2026-Q4`, `2026-11`, `2026-11-a`, `2026-W47`."""
    found = _PERIOD.match(text) if isinstance(text, str) else None
    if not found or not 1900 <= int(found[1]) <= 2100 or (found[5] and not 1 <= int(found[5]) <= 12) or (
            found[4] and not 1 <= int(found[4]) <= date(int(found[1]), 12, 28).isocalendar()[1]):
        raise fault("bad-period", value=str(text)[:40])
    return text


Period = Annotated[str, BeforeValidator(check_period), "period"]


# ── references ────────────────────────────────────────────────────────────────────────────────


_REFERENCE = re.compile(r"(?:[a-z]+/)?[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class RefTo:
    """Makes a text a reference, as in `Annotated[str, RefTo("area")]`, and names the kinds that it may point to.

    Written as the id for one kind, as `kind/id` where several may be meant.
    """

    def __init__(self, *kinds: str):
        self._kinds = kinds

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that it may point to."""
        return self._kinds

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def read(self, value: Any) -> Any:
        """Return the reference in its shortest form: the id alone where one kind is meant."""
        if not isinstance(value, str):
            return value
        if not value:
            raise fault("empty-value")
        if not _REFERENCE.match(value):
            raise fault("bad-reference", value=masked(value[:60]) if whole_names(value) else value[:60])
        kind, slash, id = value.rpartition("/")
        if kind not in self.kinds if slash else len(self.kinds) > 1:
            raise fault("reference-kind", value=value, kinds="、".join(self.kinds))
        return id if len(self.kinds) == 1 else value


def as_list(value: Any) -> Any:
    """Return a list of one for a single text or mapping; anything else as it is."""
    return [value] if isinstance(value, str | dict) else value
